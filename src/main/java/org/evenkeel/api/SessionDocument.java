package org.evenkeel.api;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.evenkeel.session.ParticipantState;
import org.evenkeel.session.Refusal;
import org.evenkeel.session.RefusalTexts;
import org.evenkeel.session.Rule;
import org.evenkeel.session.SessionState;
import org.evenkeel.session.SessionView;
import org.jspecify.annotations.Nullable;

/**
 * A session as the API tells it; times have the offset of the session's site.
 *
 * @param free how many of its seats nobody has; one that is kept for someone who waits is not free
 */
public record SessionDocument(
        long id,
        long version,
        String modality,
        String start,
        String end,
        int minutes,
        Ref therapist,
        List<Ref> coFacilitators,
        Ref room,
        Site site,
        SessionState state,
        boolean lateCancelled,
        @Nullable String cancelReason,
        int revision,
        List<Rule> overrides,
        @Nullable String overrideReason,
        int capacity,
        int free,
        @Nullable Ref series,
        List<Participant> participants,
        List<Told> told) {

    /** A site with its zone. */
    public record Site(long id, String name, String zone) {}

    /** A patient in the session. */
    public record Participant(
            long id,
            Patient patient,
            ParticipantState state,
            int lateMinutes,
            @Nullable Integer attendedMinutes,
            boolean excused,
            boolean guest) {}

    /** A patient by name. */
    public record Patient(long id, String name, String recordNumber) {}

    /** Something that a user should know. */
    public record Told(Rule reason, String detail) {}

    static SessionDocument of(SessionView session) {
        return of(session, List.of());
    }

    static SessionDocument of(SessionView session, List<Refusal> told) {
        ZoneId zone = session.site().zone();
        SessionView.Named series = session.series();
        return new SessionDocument(
                session.id(),
                session.version(),
                session.modality().code(),
                time(session.slot().start(), zone),
                time(session.slot().end(), zone),
                session.slot().minutes(),
                new Ref(session.therapist().id(), session.therapist().name()),
                session.coFacilitators().stream()
                        .map(t -> new Ref(t.id(), t.name()))
                        .toList(),
                new Ref(session.room().id(), session.room().name()),
                new Site(session.site().id(), session.site().name(), zone.getId()),
                session.state(),
                session.lateCancelled(),
                session.cancelReason(),
                session.revision(),
                session.overridden(),
                session.overrideReason(),
                session.capacity(),
                session.free(),
                series == null ? null : new Ref(series.id(), series.name()),
                session.participants().stream()
                        .map(SessionDocument::participant)
                        .toList(),
                told.stream()
                        .map(r -> new Told(
                                r.rule(), RefusalTexts.in(Locale.ENGLISH).of(r)))
                        .toList());
    }

    private static Participant participant(SessionView.Attendee p) {
        return new Participant(
                p.id(),
                new Patient(p.patientId(), p.name(), p.recordNumber()),
                p.state(),
                p.lateMinutes(),
                p.attendedMinutes(),
                p.excused(),
                p.guest());
    }

    /** ISO 8601 with the offset that holds in the zone at that instant. */
    static String time(Instant instant, ZoneId zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atZone(zone));
    }
}
