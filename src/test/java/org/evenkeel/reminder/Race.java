package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A message is leaving when somebody takes back what it tells of. The gateway has it, and does not let it go before the other one
 * either begins to wait for it or is through: so whoever does not wait is acknowledged first, whatever the threads do.
 */
final class Race {

    private Race() {}

    /** What is due has left when the one who takes it back is told so. */
    static void run(ReminderFixture f, Runnable takesBack) throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch leaving = new CountDownLatch(1);
        CountDownLatch waitingOrThrough = new CountDownLatch(1);
        f.sms.answer = message -> {
            f.nanos = () -> {
                waitingOrThrough.countDown();
                return System.nanoTime();
            };
            leaving.countDown();
            await(waitingOrThrough);
            order.add("left");
            return Delivery.accepted(null);
        };
        Future<?> sweep = ReminderFixture.THREADS.submit(f.dispatch::sendDue);
        await(leaving);
        takesBack.run();
        order.add("acknowledged");
        waitingOrThrough.countDown();
        sweep.get(30, TimeUnit.SECONDS);
        f.nanos = System::nanoTime;
        f.dispatch.sendDue();
        assertEquals(List.of("left", "acknowledged"), order);
    }

    static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
