package org.evenkeel.reminder;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.evenkeel.reminder.Outbox.Claimed;
import org.evenkeel.reminder.Outbox.Due;
import org.evenkeel.reminder.Outbox.Ended;
import org.evenkeel.shared.Transactions;

/**
 * Sends what is due: several lines side by side, one message after the other on each. A line is ready before a reminder is claimed; where
 * the gateway is quick, one commit claims several, and one writes down how they ended. One that fails never stops the others
 * (acceptance case A40).
 */
@ApplicationScoped
public class ReminderDispatch {
    private static final System.Logger LOG = System.getLogger(ReminderDispatch.class.getName());

    /** How many messages are on their way at once, on each node. */
    static final int LINES = 4;

    private Transactions transactions;
    private Outbox outbox;
    private Executor executor;
    private Clock clock;
    private final Map<Channel, Gateway> gateways = new EnumMap<>(Channel.class);
    private final Map<Channel, Circuit> circuits = new EnumMap<>(Channel.class);

    @SuppressWarnings("NullAway.Init")
    protected ReminderDispatch() {}

    @Inject
    public ReminderDispatch(
            Transactions transactions,
            Outbox outbox,
            GatewayChoice gateways,
            ManagedExecutorService executor,
            Clock clock) {
        this(transactions, outbox, gateways.all(), executor, clock);
    }

    /** @param gateways one for each channel that messages go out by */
    public ReminderDispatch(
            Transactions transactions, Outbox outbox, List<Gateway> gateways, Executor executor, Clock clock) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.executor = executor;
        this.clock = clock;
        for (Gateway gateway : gateways) {
            this.gateways.put(gateway.channel(), gateway);
            this.circuits.put(gateway.channel(), new Circuit(clock));
        }
    }

    /** What one round has done. */
    public record Round(int accepted, int refused, int postponed, int unknown) {

        Round plus(Round other) {
            return new Round(
                    accepted + other.accepted,
                    refused + other.refused,
                    postponed + other.postponed,
                    unknown + other.unknown);
        }

        static Round of(Delivery.Outcome outcome) {
            return switch (outcome) {
                case ACCEPTED -> new Round(1, 0, 0, 0);
                case REFUSED, NO_GATEWAY -> new Round(0, 1, 0, 0);
                case NOT_NOW -> new Round(0, 0, 1, 0);
                case UNKNOWN -> new Round(0, 0, 0, 1);
            };
        }
    }

    /** Sends everything that is due, and comes back when nothing is left that can go out now. */
    public Round sendDue() {
        transactions.runInNew(() -> outbox.sweepAway(down(), clock.instant()));
        Round all = new Round(0, 0, 0, 0);
        Set<Long> tried = ConcurrentHashMap.newKeySet();
        for (; ; ) {
            Set<Channel> up = up();
            List<Due> due = transactions.inNew(() -> outbox.due(up, clock.instant())).stream()
                    .filter(d -> !tried.contains(d.id()))
                    .toList();
            int before = tried.size();
            all = all.plus(sideBySide(new ConcurrentLinkedQueue<>(due), Math.min(LINES, due.size()), tried));
            if (tried.size() == before) {
                return all;
            }
        }
    }

    private Set<Channel> up() {
        Set<Channel> up = EnumSet.noneOf(Channel.class);
        gateways.keySet().stream().filter(c -> !circuit(c).isOpen()).forEach(up::add);
        return up;
    }

    private Set<Channel> down() {
        Set<Channel> down = EnumSet.allOf(Channel.class);
        down.removeAll(up());
        return down;
    }

    /** @param tried where the ids go of what was tried: not of what waited for another message that tries whether the gateway is back */
    private Round sideBySide(Queue<Due> due, int lines, Set<Long> tried) {
        List<FutureTask<Round>> tasks = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            FutureTask<Round> task = new FutureTask<>(() -> work(due, tried));
            tasks.add(task);
            executor.execute(task);
        }
        Round all = new Round(0, 0, 0, 0);
        for (FutureTask<Round> task : tasks) {
            try {
                all = all.plus(task.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return all;
            } catch (ExecutionException e) {
                LOG.log(System.Logger.Level.WARNING, "A line of messages broke off: {0}", String.valueOf(e.getCause()));
            }
        }
        return all;
    }

    /** One line's work. */
    private Round work(Queue<Due> due, Set<Long> tried) {
        Map<Channel, Gateway.Line> lines = new EnumMap<>(Channel.class);
        Pace pace = new Pace();
        Round round = new Round(0, 0, 0, 0);
        try {
            for (List<Due> next = poll(due, pace.atOnce()); !next.isEmpty(); next = poll(due, pace.atOnce())) {
                try {
                    List<Due> ready =
                            next.stream().filter(d -> prepare(lines, d, tried)).toList();
                    round = round.plus(sendAll(lines, claim(ready), pace));
                } finally {
                    next.forEach(d -> circuit(d.channel()).over(d.id()));
                }
            }
        } finally {
            lines.values().forEach(Gateway.Line::close);
        }
        return round;
    }

    private static List<Due> poll(Queue<Due> due, int most) {
        List<Due> polled = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            Due next = due.poll();
            if (next == null) {
                break;
            }
            polled.add(next);
        }
        return polled;
    }

    /** Several are claimed by one commit; where one stands in the way of the others, each by its own. */
    private List<Claimed> claim(List<Due> ready) {
        try {
            return transactions.inNew(() -> outbox.claim(ready));
        } catch (RuntimeException e) {
            if (ready.size() > 1) {
                return ready.stream().flatMap(d -> claim(List.of(d)).stream()).toList();
            }
            LOG.log(System.Logger.Level.WARNING, "{0} could not be claimed: {1}", ready, e.toString());
            return List.of();
        }
    }

    /** One after the other; how they ended is written down by one commit. What would leave too late after its claim is put back. */
    private Round sendAll(Map<Channel, Gateway.Line> lines, List<Claimed> claimed, Pace pace) {
        if (claimed.isEmpty()) {
            return new Round(0, 0, 0, 0);
        }
        List<Ended> ended = new ArrayList<>();
        List<Claimed> left = new ArrayList<>(claimed);
        pace.begin();
        try {
            while (!left.isEmpty()
                    && pace.isInTime()
                    && !circuit(channel(left.get(0))).isOpen()) {
                Claimed next = left.remove(0);
                ended.add(new Ended(next, send(lines, next, channel(next))));
            }
        } finally {
            transactions.runInNew(() -> {
                outbox.end(ended);
                left.forEach(outbox::putBack);
            });
        }
        pace.end(ended.size());
        return ended.stream().map(e -> Round.of(e.delivery().outcome())).reduce(new Round(0, 0, 0, 0), Round::plus);
    }

    private static Channel channel(Claimed claimed) {
        return claimed.message().channel();
    }

    /** Whether a message could leave at once. */
    private boolean prepare(Map<Channel, Gateway.Line> lines, Due due, Set<Long> tried) {
        Circuit circuit = circuit(due.channel());
        if (!circuit.permits(due.id())) {
            return false;
        }
        tried.add(due.id());
        try {
            return line(lines, due.channel()).isReady();
        } catch (IOException e) {
            circuit.failed();
            transactions.runInNew(() -> outbox.postpone(due));
            return false;
        }
    }

    /**
     * Over the line that is ready, or, where the patient is reached by another channel only, over one of that; unless opening that has
     * taken too long.
     */
    private Delivery send(Map<Channel, Gateway.Line> lines, Claimed claimed, Channel channel) {
        Circuit circuit = circuit(channel);
        Delivery delivery;
        try {
            Gateway.Line line = line(lines, channel);
            delivery = claimed.departure().isOpen()
                    ? line.send(claimed.message(), departure(claimed))
                    : Delivery.of(Delivery.Outcome.NOT_NOW);
        } catch (IOException e) {
            delivery = Delivery.of(Delivery.Outcome.NOT_NOW);
        }
        if (delivery.outcome() == Delivery.Outcome.NOT_NOW || delivery.outcome() == Delivery.Outcome.UNKNOWN) {
            circuit.failed();
        } else {
            circuit.succeeded();
        }
        return delivery;
    }

    private Departure departure(Claimed claimed) {
        return new Departure() {
            @Override
            public boolean isOpen() {
                return claimed.departure().isOpen();
            }

            @Override
            public Departure renewed() {
                return transactions.inNew(() -> outbox.renewed(claimed));
            }
        };
    }

    /** The one that is there, if it is ready still, or a new one. */
    private Gateway.Line line(Map<Channel, Gateway.Line> lines, Channel channel) throws IOException {
        Gateway.Line line = lines.get(channel);
        if (line != null && line.isReady()) {
            return line;
        }
        if (line != null) {
            line.close();
            lines.remove(channel);
        }
        Gateway.Line opened = gateway(channel).open();
        lines.put(channel, opened);
        return opened;
    }

    private Circuit circuit(Channel channel) {
        return Objects.requireNonNull(circuits.get(channel));
    }

    private Gateway gateway(Channel channel) {
        return Objects.requireNonNull(gateways.get(channel));
    }
}
