package org.evenkeel.series;

import java.util.List;
import org.evenkeel.series.SeriesChange.Scope;
import org.evenkeel.session.Refusal;
import org.evenkeel.session.SessionView.Located;
import org.evenkeel.session.SessionView.Named;
import org.evenkeel.shared.TimeSlot;

/**
 * What merging dates of a group into another one would do.
 *
 * @param sessionId the first date that is given up
 * @param people who comes to it, in the order of names
 * @param dates what is given up, earliest first
 * @param guests how many seats of guests there are in the later dates, which are cancelled with them
 * @param waiting how many wait for a seat in the group that ends, and will wait for the other one
 * @param ways where they could go: the nearest date, or the soonest group, first
 */
public record MergePlan(
        long seriesId,
        String name,
        Located site,
        long sessionId,
        Scope scope,
        List<Person> people,
        List<TimeSlot> dates,
        int guests,
        int waiting,
        List<Way> ways) {

    /** Someone who comes to what is given up. */
    public record Person(long patientId, String name, boolean guest) {

        /** Ids only: names stay out of logs. */
        @Override
        public String toString() {
            return "Patient " + patientId;
        }
    }

    /**
     * A group that they could go to.
     *
     * @param sessionId its date, or the first of those that they would come to
     * @param dates how many of its dates they would come to
     * @param free seats that are free in each of these
     * @param barriers what keeps someone from going there
     */
    public record Way(
            long sessionId,
            long seriesId,
            String name,
            Named therapist,
            Named room,
            Located site,
            TimeSlot slot,
            int dates,
            int free,
            List<Barrier> barriers) {

        /** Whether someone has to stay behind. */
        public boolean isBarredTo(long patientId) {
            return barriers.stream().anyMatch(b -> b.patientId() == patientId);
        }
    }

    /** Why someone cannot go, and to which date. */
    public record Barrier(long patientId, TimeSlot slot, Refusal refusal) {}
}
