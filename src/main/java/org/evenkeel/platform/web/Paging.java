package org.evenkeel.platform.web;

/** The pages of a list, counted from 1 as the address and {@code <e:pager>} count them. */
public final class Paging {
    /** Rows on a page. */
    public static final int SIZE = 25;

    private Paging() {}

    /** How many rows come before a page. */
    public static int first(int page) {
        return (Math.max(1, page) - 1) * SIZE;
    }

    /** How many pages so many rows take; at least one. */
    public static int pages(long total) {
        return (int) Math.max(1, (total + SIZE - 1) / SIZE);
    }
}
