package org.evenkeel.session;

import java.util.Arrays;

/**
 * Busy or free stretches as sorted, disjoint pairs of epoch seconds {@code [from, to)}: the arithmetic under the search for
 * free times, kept to plain arrays since it runs over thousands of sessions at each keystroke.
 */
final class Spans {

    static final Spans NONE = new Spans(new long[0], 0);

    private final long[] edges;
    private final int size;

    private Spans(long[] edges, int size) {
        this.edges = edges;
        this.size = size;
    }

    int count() {
        return size / 2;
    }

    long from(int i) {
        return edges[2 * i];
    }

    long to(int i) {
        return edges[2 * i + 1];
    }

    /** Whether any stretch overlaps {@code [from, to)}. */
    boolean touches(long from, long to) {
        return touchedUntil(from, to) > from;
    }

    /** The end of the first stretch that overlaps {@code [from, to)}; {@code from} if none does. */
    long touchedUntil(long from, long to) {
        int i = firstEndingAfter(from);
        return i < count() && from(i) < to ? to(i) : from;
    }

    /** What is left of {@code [from, to)} without these stretches. */
    Spans freeWithin(long from, long to) {
        Builder free = new Builder();
        long at = from;
        for (int i = firstEndingAfter(from); i < count() && from(i) < to; i++) {
            if (from(i) > at) {
                free.add(at, from(i));
            }
            at = Math.max(at, to(i));
        }
        if (at < to) {
            free.add(at, to);
        }
        return free.build();
    }

    /** Index of the first stretch that ends after the instant; {@link #count()} if none does. */
    int firstEndingAfter(long instant) {
        int low = 0;
        int high = count();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (to(middle) > instant) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Collects stretches in any order and merges those that overlap or abut. */
    static final class Builder {
        private long[] pairs = new long[32];
        private int used;

        Builder add(long from, long to) {
            if (used == pairs.length) {
                pairs = Arrays.copyOf(pairs, used * 2);
            }
            pairs[used++] = from;
            pairs[used++] = to;
            return this;
        }

        /** Disjoint stretches; those that abut stay apart, so that sessions can still be counted. */
        Spans build() {
            sort();
            int size = 0;
            for (int i = 0; i < used; i += 2) {
                if (size > 0 && pairs[i] < pairs[size - 1]) {
                    pairs[size - 1] = Math.max(pairs[size - 1], pairs[i + 1]);
                } else {
                    pairs[size++] = pairs[i];
                    pairs[size++] = pairs[i + 1];
                }
            }
            return new Spans(Arrays.copyOf(pairs, size), size);
        }

        private void sort() {
            boolean sorted = true;
            for (int i = 2; i < used && sorted; i += 2) {
                sorted = pairs[i] >= pairs[i - 2];
            }
            if (sorted) {
                return;
            }
            Long[] order = new Long[used / 2];
            for (int i = 0; i < order.length; i++) {
                order[i] = (long) i;
            }
            Arrays.sort(order, (a, b) -> Long.compare(pairs[(int) (a * 2)], pairs[(int) (b * 2)]));
            long[] sortedPairs = new long[used];
            for (int i = 0; i < order.length; i++) {
                sortedPairs[2 * i] = pairs[(int) (order[i] * 2)];
                sortedPairs[2 * i + 1] = pairs[(int) (order[i] * 2) + 1];
            }
            pairs = sortedPairs;
        }
    }
}
