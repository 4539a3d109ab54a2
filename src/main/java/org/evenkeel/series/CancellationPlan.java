package org.evenkeel.series;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.evenkeel.session.Refusal;
import org.evenkeel.shared.TimeSlot;

/**
 * What cancelling dates of a series will do, before it is done.
 *
 * @param dates all that are meant, earliest first
 * @param people who comes to a date that goes, in the order of names
 * @param waiting how many wait for a seat in the series
 * @param added what is added at the end
 */
public record CancellationPlan(ZoneId zone, List<Meant> dates, List<Person> people, int waiting, List<Added> added) {

    public CancellationPlan {
        dates = List.copyOf(dates);
        people = List.copyOf(people);
        added = List.copyOf(added);
    }

    /**
     * A date in the scope.
     *
     * @param version of the session, as it was read
     * @param goes whether it is cancelled; one that was changed by hand stays unless it is asked for
     */
    public record Meant(long sessionId, long version, TimeSlot slot, boolean byHand, boolean goes) {}

    /** Someone who loses a date. */
    public record Person(long patientId, String name) {

        /** Ids only: names stay out of logs. */
        @Override
        public String toString() {
            return "Patient " + patientId;
        }
    }

    /** A date at the end, and what speaks against it. */
    public record Added(TimeSlot slot, List<Refusal> refusals) {}

    /** Those that are cancelled. */
    public List<Meant> going() {
        return dates.stream().filter(Meant::goes).toList();
    }

    /** The versions of those that are cancelled, by session. */
    public Map<Long, Long> versions() {
        return going().stream().collect(Collectors.toMap(Meant::sessionId, Meant::version));
    }

    /** Those that were changed by hand. */
    public List<Meant> byHand() {
        return dates.stream().filter(Meant::byHand).toList();
    }
}
