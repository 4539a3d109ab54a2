package org.evenkeel.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Takes times: how often something can be done in a second by several at once, and how long one takes. */
final class Measure {
    private static final double NANOS_PER_MILLI = 1e6;

    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int WINDOWS = 6;
    private static final double NO_BETTER = 1.05;

    private Measure() {}

    /** Something to be measured; what it throws ends the measurement. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** How often a second the workers, each on a thread of its own, do their work. */
    static double rate(Duration time, List<? extends Work> workers) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(workers.size());
        try {
            long start = System.nanoTime();
            long end = start + time.toNanos();
            List<Callable<Integer>> loops = new ArrayList<>();
            for (Work worker : workers) {
                loops.add(() -> {
                    int done = 0;
                    while (System.nanoTime() < end) {
                        worker.run();
                        done++;
                    }
                    return done;
                });
            }
            int done = 0;
            for (Future<Integer> loop : threads.invokeAll(loops)) {
                done += loop.get();
            }
            return done * (double) TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - start);
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * Lets the workers work until they get no quicker: a minute went by in which no ten seconds were a twentieth better than the best
     * before.
     *
     * @param most it ends then in any case
     */
    static void warm(Duration most, List<? extends Work> workers) throws Exception {
        long end = System.nanoTime() + most.toNanos();
        double best = 0;
        for (int without = 0; without < WINDOWS && System.nanoTime() < end; without++) {
            double rate = rate(WINDOW, workers);
            if (rate > best * NO_BETTER) {
                best = rate;
                without = -1;
            }
        }
    }

    /** Collects how long runs of one kind of work took. */
    static final class Times {
        private final Work work;
        private double[] millis = new double[256];
        private int count;

        Times(Work work) {
            this.work = work;
        }

        void run(int times) throws Exception {
            for (int i = 0; i < times; i++) {
                long start = System.nanoTime();
                work.run();
                if (count == millis.length) {
                    millis = Arrays.copyOf(millis, count * 2);
                }
                millis[count++] = (System.nanoTime() - start) / NANOS_PER_MILLI;
            }
        }

        /** Throws away what has been measured so far. */
        Times warm(int times) throws Exception {
            run(times);
            count = 0;
            return this;
        }

        double p50() {
            return percentile(50);
        }

        double p95() {
            return percentile(95);
        }

        private double percentile(int percent) {
            double[] sorted = Arrays.copyOf(millis, count);
            Arrays.sort(sorted);
            return sorted[Math.min(count - 1, count * percent / 100)];
        }
    }

    /** Runs kinds of work in turn, so that what the machine does beside it hits all of them alike. */
    static void interleaved(int rounds, int timesEach, Times... kinds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            for (Times kind : kinds) {
                kind.run(timesEach);
            }
        }
    }

    static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        sorted.sort(null);
        return sorted.get(sorted.size() / 2);
    }
}
