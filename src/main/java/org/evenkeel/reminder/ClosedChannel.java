package org.evenkeel.reminder;

/** A channel that the operator has configured nothing for, while messages go out by another. */
record ClosedChannel(Channel channel) implements Gateway {

    @Override
    public Line open() {
        return new Line() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public Delivery send(Outgoing message, Departure departure) {
                return Delivery.of(Delivery.Outcome.NO_GATEWAY);
            }

            @Override
            public void close() {}
        };
    }
}
