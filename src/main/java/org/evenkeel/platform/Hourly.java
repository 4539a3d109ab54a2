package org.evenkeel.platform;

import java.time.Instant;

/**
 * Fired once an hour on one of the nodes, on a managed thread and outside any transaction: observers clear away what is over. What they
 * throw is logged; the rest is done an hour later.
 */
public record Hourly(Instant at) {}
