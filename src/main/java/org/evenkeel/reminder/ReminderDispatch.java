package org.evenkeel.reminder;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.evenkeel.reminder.Outbox.Claimed;
import org.evenkeel.reminder.Outbox.Due;
import org.evenkeel.reminder.Outbox.Ended;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is due: several lines side by side, one message after the other on each. A line is ready before a reminder is claimed, and
 * how one message ended is written down in the transaction that claims the next, so that each costs one commit. One that fails never
 * stops the others (acceptance case A40).
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
                case REFUSED -> new Round(0, 1, 0, 0);
                case NOT_NOW -> new Round(0, 0, 1, 0);
                case UNKNOWN -> new Round(0, 0, 0, 1);
            };
        }
    }

    /** Sends everything that is due, and comes back when nothing is left that can go out now. */
    public Round sendDue() {
        transactions.runInNew(() -> outbox.sweepAway(down(), clock.instant()));
        Round all = new Round(0, 0, 0, 0);
        Set<Long> tried = new HashSet<>();
        for (; ; ) {
            Set<Channel> up = up();
            List<Due> due = transactions.inNew(() -> outbox.due(up, clock.instant())).stream()
                    .filter(d -> tried.add(d.id()))
                    .toList();
            if (due.isEmpty()) {
                return all;
            }
            all = all.plus(sideBySide(new ConcurrentLinkedQueue<>(due), Math.min(LINES, due.size())));
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

    private Round sideBySide(Queue<Due> due, int lines) {
        List<FutureTask<Round>> tasks = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            FutureTask<Round> task = new FutureTask<>(() -> work(due));
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

    /** One line's work: the outcome of each message is written down with the claim of the next. */
    private Round work(Queue<Due> due) {
        Map<Channel, Gateway.Line> lines = new EnumMap<>(Channel.class);
        Round round = new Round(0, 0, 0, 0);
        Ended last = null;
        try {
            for (Due next = due.poll(); next != null; next = due.poll()) {
                Optional<Claimed> claimed = prepare(lines, next) ? claim(last, next) : Optional.empty();
                if (claimed.isPresent()) {
                    Channel channel = claimed.get().message().channel();
                    last = new Ended(claimed.get(), send(lines, claimed.get(), channel));
                    round = round.plus(Round.of(last.delivery().outcome()));
                } else if (last != null) {
                    last = settled(last);
                }
            }
        } finally {
            if (last != null) {
                settled(last);
            }
            lines.values().forEach(Gateway.Line::close);
        }
        return round;
    }

    private @Nullable Ended settled(Ended last) {
        transactions.runInNew(() -> outbox.end(last));
        return null;
    }

    private Optional<Claimed> claim(@Nullable Ended last, Due next) {
        try {
            return transactions.inNew(() -> {
                if (last != null) {
                    outbox.end(last);
                }
                return outbox.claim(next);
            });
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "Reminder {0} could not be claimed: {1}", next.id(), e.toString());
            return Optional.empty();
        }
    }

    /** Whether a message could leave at once. */
    private boolean prepare(Map<Channel, Gateway.Line> lines, Due due) {
        Circuit circuit = circuit(due.channel());
        if (!circuit.permits()) {
            return false;
        }
        Gateway.Line line = lines.get(due.channel());
        if (line != null && line.isReady()) {
            return true;
        }
        if (line != null) {
            line.close();
            lines.remove(due.channel());
        }
        try {
            lines.put(due.channel(), gateway(due.channel()).open());
            return true;
        } catch (IOException e) {
            circuit.failed();
            transactions.runInNew(() -> outbox.postpone(due, 1));
            return false;
        }
    }

    /** Over the line that is ready, or, where the patient is reached by another channel only, over one of that. */
    private Delivery send(Map<Channel, Gateway.Line> lines, Claimed claimed, Channel channel) {
        Circuit circuit = circuit(channel);
        Delivery delivery;
        try {
            Gateway.Line line = lines.get(channel);
            if (line == null) {
                line = gateway(channel).open();
                lines.put(channel, line);
            }
            delivery = line.send(claimed.message());
        } catch (IOException e) {
            delivery = Delivery.of(Delivery.Outcome.NOT_NOW);
        }
        if (delivery.outcome() == Delivery.Outcome.NOT_NOW) {
            circuit.failed();
        } else if (delivery.outcome() != Delivery.Outcome.UNKNOWN) {
            circuit.succeeded();
        }
        return delivery;
    }

    private Circuit circuit(Channel channel) {
        return Objects.requireNonNull(circuits.get(channel));
    }

    private Gateway gateway(Channel channel) {
        return Objects.requireNonNull(gateways.get(channel));
    }
}
