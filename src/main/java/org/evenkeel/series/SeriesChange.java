package org.evenkeel.series;

import java.io.Serializable;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.evenkeel.session.RuleOverride;
import org.jspecify.annotations.Nullable;

/**
 * The wish to change dates of a series that are still to come; null leaves a thing as it is.
 *
 * @param dayShift so many days later, or earlier if negative
 * @param leave sessions that stay as they are
 */
public record SeriesChange(
        @Nullable String name,
        @Nullable LocalTime time,
        int dayShift,
        @Nullable Integer minutes,
        @Nullable Long therapistId,
        @Nullable List<Long> coFacilitators,
        @Nullable Long roomId,
        @Nullable Integer capacity,
        @Nullable Integer minimumSize,
        @Nullable Integer cutoffHours,
        @Nullable Boolean open,
        Set<Long> leave,
        RuleOverride override)
        implements Serializable {

    /** Which dates are meant. */
    public enum Scope {
        THIS,
        FOLLOWING,
        ALL_FUTURE
    }

    public SeriesChange {
        leave = Set.copyOf(leave);
    }

    public static SeriesChange time(LocalTime time) {
        return new SeriesChange(
                null, time, 0, null, null, null, null, null, null, null, null, Set.of(), RuleOverride.NONE);
    }

    public static SeriesChange room(long room) {
        return new SeriesChange(
                null, null, 0, null, null, null, room, null, null, null, null, Set.of(), RuleOverride.NONE);
    }

    public static SeriesChange capacity(int seats) {
        return new SeriesChange(
                null, null, 0, null, null, null, null, seats, null, null, null, Set.of(), RuleOverride.NONE);
    }

    /** The same against these soft rules. */
    public SeriesChange with(RuleOverride reasons) {
        return but(leave, reasons);
    }

    /** The same, but for these sessions. */
    public SeriesChange leaving(Set<Long> sessions) {
        return but(sessions, override);
    }

    private SeriesChange but(Set<Long> sessions, RuleOverride reasons) {
        return new SeriesChange(
                name,
                time,
                dayShift,
                minutes,
                therapistId,
                coFacilitators,
                roomId,
                capacity,
                minimumSize,
                cutoffHours,
                open,
                sessions,
                reasons);
    }
}
