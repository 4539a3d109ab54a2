package org.evenkeel.series;

import java.time.Instant;

/** A series was set up or changed, or who is enrolled in it; fired within its transaction, after its sessions are written. */
public record SeriesChanged(long seriesId, Instant at) {}
