package org.evenkeel.api;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.evenkeel.session.ParticipantState;
import org.evenkeel.session.Refusal;
import org.evenkeel.session.RefusalTexts;
import org.evenkeel.session.Rule;
import org.evenkeel.session.SessionState;
import org.evenkeel.session.SessionView;
import org.jspecify.annotations.Nullable;

/** A session as the API tells it; times have the offset of the session's site. */
@Schema(name = "Session", description = "One occurrence of a therapy: who, with whom, when, where")
public record SessionDocument(
        @Schema(examples = "1042") long id,
        @Schema(description = "Counts every change; the number in the ETag", examples = "1") long version,
        @Schema(description = "The modality's code", examples = "CBT") String modality,
        @Schema(
                        description = "With the offset of the site",
                        format = "date-time",
                        examples = "2027-03-15T10:00:00-04:00")
                String start,
        @Schema(
                        description = "The instant after the last; with the offset of the site",
                        format = "date-time",
                        examples = "2027-03-15T10:50:00-04:00")
                String end,
        @Schema(description = "Elapsed minutes", examples = "50") int minutes,
        Ref therapist,
        Ref room,
        Site site,
        SessionState state,
        @Schema(description = "Whether it was cancelled with less notice than the centre asks for")
                boolean lateCancelled,
        @Schema(nullable = true) @Nullable String cancelReason,
        @Schema(description = "Counts what the patient would notice: time, therapist, room", examples = "1")
                int revision,
        @Schema(description = "The soft rules that it was booked against") List<Rule> overrides,
        @Schema(nullable = true) @Nullable String overrideReason,
        List<Participant> participants,
        @Schema(description = "In the answer to a change: what the user should know and what does not stand in the way")
                List<Told> told) {

    /** A site with its zone. */
    @Schema(name = "SiteRef", description = "A site with its time zone")
    public record Site(long id, String name, @Schema(examples = "America/New_York") String zone) {}

    /** A patient in the session. */
    @Schema(name = "Participant", description = "A patient in a session")
    public record Participant(
            long id,
            Patient patient,
            ParticipantState state,
            @Schema(description = "How late the patient came") int lateMinutes,
            @Schema(nullable = true, description = "How long the patient took part; null until attendance is marked")
                    @Nullable
                    Integer attendedMinutes) {}

    /** A patient by name. */
    @Schema(name = "PatientRef", description = "A patient by name")
    public record Patient(long id, String name, String recordNumber) {}

    /** Something that a user should know. */
    @Schema(name = "Told", description = "Something to know that does not stand in the way")
    public record Told(Rule reason, String detail) {}

    static SessionDocument of(SessionView session) {
        return of(session, List.of());
    }

    static SessionDocument of(SessionView session, List<Refusal> told) {
        ZoneId zone = session.site().zone();
        return new SessionDocument(
                session.id(),
                session.version(),
                session.modality().code(),
                time(session.slot().start(), zone),
                time(session.slot().end(), zone),
                session.slot().minutes(),
                new Ref(session.therapist().id(), session.therapist().name()),
                new Ref(session.room().id(), session.room().name()),
                new Site(session.site().id(), session.site().name(), zone.getId()),
                session.state(),
                session.lateCancelled(),
                session.cancelReason(),
                session.revision(),
                session.overridden(),
                session.overrideReason(),
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
                p.attendedMinutes());
    }

    /** ISO 8601 with the offset that holds in the zone at that instant. */
    static String time(Instant instant, ZoneId zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atZone(zone));
    }
}
