package org.evenkeel.reminder;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A gateway that writes down what it was given, and does with it what a test wants. */
final class Ledger implements Gateway {
    private final Channel channel;
    final List<Outgoing> accepted = new CopyOnWriteArrayList<>();
    final List<Outgoing> asked = new CopyOnWriteArrayList<>();
    volatile Function<Outgoing, Delivery> answer = message -> Delivery.accepted("r" + message.reminderId());
    volatile boolean reachable = true;
    volatile Runnable opening = () -> {};

    Ledger(Channel channel) {
        this.channel = channel;
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public Line open() throws IOException {
        opening.run();
        if (!reachable) {
            throw new IOException("Nobody answers");
        }
        return new Line() {
            @Override
            public boolean isReady() {
                return reachable;
            }

            @Override
            public Delivery send(Outgoing message, Departure departure) {
                asked.add(message);
                Delivery delivery = answer.apply(message);
                if (delivery.outcome() == Delivery.Outcome.ACCEPTED) {
                    accepted.add(message);
                }
                return delivery;
            }

            @Override
            public void close() {}
        };
    }

    /** What was accepted, without the links and the sentences about them. */
    List<String> texts() {
        return accepted.stream()
                .map(m -> m.body().replaceAll("http\\S+", "LINK"))
                .toList();
    }
}
