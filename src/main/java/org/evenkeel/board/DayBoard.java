package org.evenkeel.board;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.evenkeel.session.FreeSeats;
import org.evenkeel.session.ParticipantState;
import org.evenkeel.session.SessionState;
import org.evenkeel.shared.TimeSlot;
import org.jspecify.annotations.Nullable;

/**
 * One site's day: who works, what is booked, what was cancelled. A read model, as far as its reader may see it; wall times are
 * the site's.
 *
 * @param day from the date's midnight to the next in the site's zone: 23, 24 or 25 hours
 * @param sites all active sites, for the picker
 * @param closure why the site is closed on this date; null: it is open
 * @param columns the team's therapists, by name
 * @param team which dozen of therapists is shown, from 1
 * @param cancelled cancelled sessions of these therapists at this site, earliest first
 * @param countsOnly whether the reader may see no sessions, only how many there are
 * @param nextWorkingDay when the day is empty: the next date on which somebody works here
 */
public record DayBoard(
        Place site,
        LocalDate date,
        TimeSlot day,
        List<Place> sites,
        @Nullable String closure,
        List<Column> columns,
        int team,
        int teams,
        List<Booked> cancelled,
        boolean countsOnly,
        @Nullable LocalDate nextWorkingDay,
        Instant readAt) {

    /** A site by name. */
    public record Place(long id, String name, ZoneId zone) {}

    /**
     * A therapist's day.
     *
     * @param working working hours at this site on this date
     * @param timeOff leave that touches this date
     * @param sessions live ones at this site, earliest first
     * @param elsewhere when the therapist is in a session at another site
     * @param count how many sessions that stand start on this date; for a reader of counts all there is
     */
    public record Column(
            long therapistId,
            String therapist,
            List<TimeSlot> working,
            List<TimeSlot> timeOff,
            List<Booked> sessions,
            List<Elsewhere> elsewhere,
            int count) {}

    /**
     * A session as the board tells it.
     *
     * @param therapistId who leads it
     * @param coFacilitators who facilitates a group with the lead
     * @param group what a group is, beside a session; null: it is for one patient
     * @param underStaffed whether a therapist of it is away
     * @param unqualified whether the lead therapist's qualification has lapsed by then
     * @param participants of an individual session; who comes to a group stands in its roster
     */
    public record Booked(
            long sessionId,
            long version,
            long therapistId,
            List<Long> coFacilitators,
            @Nullable Group group,
            boolean underStaffed,
            boolean unqualified,
            TimeSlot slot,
            long modalityId,
            String code,
            String modality,
            int colour,
            long roomId,
            String room,
            SessionState state,
            boolean late,
            List<Attendee> participants) {

        /**
         * What the session's participants have come to, told by the first of them; BOOKED for one without any. A group is ATTENDED
         * once everyone's attendance is marked.
         */
        public ParticipantState progress() {
            if (group != null) {
                return group.isMarked() ? ParticipantState.ATTENDED : ParticipantState.BOOKED;
            }
            return participants.isEmpty()
                    ? ParticipantState.BOOKED
                    : participants.get(0).state();
        }
    }

    /**
     * A group, by numbers.
     *
     * @param name of its series
     * @param taken how many have a seat
     * @param kept how many seats are kept for someone who waits
     * @param unmarked of how many of them attendance is not marked yet
     */
    public record Group(String name, int capacity, int taken, int kept, int unmarked) {

        public int free() {
            return FreeSeats.of(capacity, taken, kept);
        }

        public boolean isMarked() {
            return taken > 0 && unmarked == 0;
        }
    }

    /** A participant of a session. */
    public record Attendee(long participantId, long patientId, String name, String initials, ParticipantState state) {}

    /** Taken by a session at another site. */
    public record Elsewhere(TimeSlot slot, Place site) {}

    /** Whether there is nothing to show. */
    public boolean isEmpty() {
        return columns.isEmpty();
    }

    /** Ids only: names stay out of logs. */
    @Override
    public String toString() {
        return "DayBoard of site " + site.id() + " on " + date;
    }
}
