package org.evenkeel.series;

import static java.util.stream.Collectors.toSet;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.evenkeel.session.FreeSeats;
import org.evenkeel.session.ParticipantState;
import org.evenkeel.session.SessionState;
import org.evenkeel.session.SessionView.Located;
import org.evenkeel.session.SessionView.Named;
import org.evenkeel.session.SessionView.Place;
import org.evenkeel.session.SessionView.Therapy;
import org.evenkeel.shared.TimeSlot;
import org.jspecify.annotations.Nullable;

/**
 * A series as its page tells it: what it is, its dates, who is enrolled, and who came when.
 *
 * @param coFacilitators who facilitates with the lead
 * @param rule RFC 5545, in the site's wall time
 * @param dates all of them, earliest first, cancelled ones too
 * @param members every enrolment, ended ones too, in the order of names
 * @param marks by patient, then by session: how they stood there
 * @param parts what was one series before it was split, this one among them, in order; empty: it never was
 * @param people the names of all who have such marks, guests too
 */
public record GroupView(
        long id,
        long version,
        String name,
        Therapy modality,
        Named therapist,
        List<Named> coFacilitators,
        Place room,
        Located site,
        String rule,
        Series.Counting counts,
        LocalDateTime firstAt,
        int minutes,
        int capacity,
        int minimumSize,
        int cutoffHours,
        boolean open,
        @Nullable Long parentId,
        List<Part> parts,
        List<Date> dates,
        List<Member> members,
        Map<Long, Map<Long, Mark>> marks,
        Map<Long, String> people)
        implements Serializable {

    /**
     * A part of what was one series before it was split.
     *
     * @param first the start of its first date that is not cancelled; null: it has none
     * @param last the start of its last one
     */
    public record Part(long id, String name, @Nullable Instant first, @Nullable Instant last) implements Serializable {}

    /**
     * One session of the series.
     *
     * @param coFacilitators who facilitates it with the lead, which may be others than of the series
     * @param coming how many seats are taken
     * @param kept how many are kept for someone who waits
     * @param seats how many there are
     * @param byHand whether it was changed apart from the series
     * @param unqualified whether the lead therapist's qualification has lapsed by then
     */
    public record Date(
            long sessionId,
            long version,
            TimeSlot slot,
            SessionState state,
            @Nullable String cancelReason,
            Named therapist,
            List<Named> coFacilitators,
            Named room,
            int coming,
            int kept,
            int seats,
            boolean byHand,
            boolean unqualified)
            implements Serializable {

        public boolean isLive() {
            return state == SessionState.BOOKED;
        }

        /** The lead, then who facilitates with them. */
        List<Named> therapists() {
            return Stream.concat(Stream.of(therapist), coFacilitators.stream()).toList();
        }

        public int free() {
            return FreeSeats.of(seats, coming, kept);
        }
    }

    /** A patient who is, was or will be enrolled. */
    public record Member(
            long enrolmentId,
            long patientId,
            String name,
            String recordNumber,
            LocalDate from,
            @Nullable LocalDate to,
            @Nullable String endReason)
            implements Serializable {

        public boolean isOn(LocalDate day) {
            return !day.isBefore(from) && (to == null || !day.isAfter(to));
        }

        /** Ids only: names stay out of logs. */
        @Override
        public String toString() {
            return "Enrolment " + enrolmentId;
        }
    }

    /**
     * How a patient stood in one session.
     *
     * @param guest whether they came without an enrolment
     */
    public record Mark(
            long participantId,
            ParticipantState state,
            boolean excused,
            int lateMinutes,
            @Nullable Integer attendedMinutes,
            boolean guest)
            implements Serializable {}

    /** These dates alone, with who has to do with them. */
    GroupView only(List<Date> some) {
        Set<Long> sessions = some.stream().map(Date::sessionId).collect(toSet());
        Map<Long, Map<Long, Mark>> theirs = new HashMap<>();
        marks.forEach((patient, each) -> {
            Map<Long, Mark> there = new HashMap<>(each);
            there.keySet().retainAll(sessions);
            if (!there.isEmpty()) {
                theirs.put(patient, there);
            }
        });
        Map<Long, String> names = new HashMap<>(people);
        names.keySet().retainAll(theirs.keySet());
        return new GroupView(
                id,
                version,
                name,
                modality,
                therapist,
                coFacilitators,
                room,
                site,
                rule,
                counts,
                firstAt,
                minutes,
                capacity,
                minimumSize,
                cutoffHours,
                open,
                parentId,
                List.of(),
                some,
                members.stream().filter(m -> theirs.containsKey(m.patientId())).toList(),
                theirs,
                names);
    }

    public ZoneId zone() {
        return site.zone();
    }

    /** This part, if it is one; null: it was never split. */
    public @Nullable Part part() {
        return parts.stream().filter(p -> p.id() == id).findFirst().orElse(null);
    }

    /** How many dates are missing of a series that is held so many times (acceptance case A15). */
    public int missing() {
        return standing().missing();
    }

    /** Whether so many dates are to be held, however many are cancelled. */
    public boolean isHeld() {
        return standing().held();
    }

    private SeriesChanges.Standing standing() {
        int live = (int) dates.stream().filter(Date::isLive).count();
        return SeriesChanges.Standing.of(id, name, counts, Recurrence.of(rule), live);
    }

    public boolean isGroup() {
        return capacity > 1;
    }

    /** The next date that takes place. */
    public Optional<Date> next(Instant now) {
        return dates.stream()
                .filter(d -> d.isLive() && d.slot().end().isAfter(now))
                .findFirst();
    }

    /** How the patient stood in a session; null: they were not expected. */
    public @Nullable Mark mark(long patientId, long sessionId) {
        return marks.getOrDefault(patientId, Map.of()).get(sessionId);
    }

    /** Ids of those who are enrolled on a day. */
    public List<Member> membersOn(LocalDate day) {
        return members.stream().filter(m -> m.isOn(day)).toList();
    }

    public @Nullable Member member(long enrolmentId) {
        return members.stream()
                .filter(m -> Objects.equals(m.enrolmentId(), enrolmentId))
                .findFirst()
                .orElse(null);
    }

    @Override
    public String toString() {
        return "Series " + id;
    }
}
