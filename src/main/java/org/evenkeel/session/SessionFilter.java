package org.evenkeel.session;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.Temporal;
import org.evenkeel.shared.Invalid;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions to list; null leaves a thing open. Sessions count that overlap the stretch from {@code from} to {@code to}. Each
 * bound is an {@link Instant}, of which the latter is excluded, or a {@link LocalDate} in the zone of each session's site, of
 * which the latter is included; so what goes over midnight is found from both dates.
 *
 * @throws Invalid if the stretch ends before it starts
 */
public record SessionFilter(
        @Nullable Temporal from,
        @Nullable Temporal to,
        @Nullable Long therapistId,
        @Nullable Long roomId,
        @Nullable Long patientId,
        @Nullable Long siteId,
        @Nullable SessionState state) {

    public static final SessionFilter ALL = new SessionFilter(null, null, null, null, null, null, null);

    public SessionFilter {
        requireInstantOrDate(from);
        requireInstantOrDate(to);
        if (from instanceof Instant start && to instanceof Instant end && !start.isBefore(end)
                || from instanceof LocalDate first && to instanceof LocalDate last && last.isBefore(first)) {
            throw new Invalid("to", "invalid.session.endBeforeStart");
        }
    }

    private static void requireInstantOrDate(@Nullable Temporal bound) {
        if (bound != null && !(bound instanceof Instant) && !(bound instanceof LocalDate)) {
            throw new IllegalArgumentException("Neither an instant nor a date: " + bound);
        }
    }

    /** What touches the dates, both included, in the zone of each session's site. */
    public static SessionFilter onDates(LocalDate first, LocalDate last) {
        return new SessionFilter(first, last, null, null, null, null, null);
    }

    public SessionFilter withTherapist(long id) {
        return new SessionFilter(from, to, id, roomId, patientId, siteId, state);
    }

    public SessionFilter withPatient(long id) {
        return new SessionFilter(from, to, therapistId, roomId, id, siteId, state);
    }

    public SessionFilter withState(SessionState wanted) {
        return new SessionFilter(from, to, therapistId, roomId, patientId, siteId, wanted);
    }

    /** Whether the stretch depends on a zone. */
    boolean isByDate() {
        return from instanceof LocalDate || to instanceof LocalDate;
    }

    /** The first instant in a zone; null: from ever. */
    @Nullable
    Instant start(ZoneId zone) {
        return from instanceof LocalDate date ? date.atStartOfDay(zone).toInstant() : (Instant) from;
    }

    /** The instant after the last one in a zone; null: for ever. */
    @Nullable
    Instant end(ZoneId zone) {
        return to instanceof LocalDate date
                ? date.plusDays(1).atStartOfDay(zone).toInstant()
                : (Instant) to;
    }
}
