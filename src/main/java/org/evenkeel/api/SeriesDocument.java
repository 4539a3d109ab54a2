package org.evenkeel.api;

import java.util.List;
import org.evenkeel.series.GroupView;
import org.evenkeel.series.Series;
import org.evenkeel.session.SessionState;
import org.jspecify.annotations.Nullable;

/** A series as the API tells it; times have the offset of its site, {@code first} is a wall time there. */
public record SeriesDocument(
        long id,
        long version,
        String name,
        String modality,
        Ref therapist,
        List<Ref> coFacilitators,
        Ref room,
        SessionDocument.Site site,
        String rule,
        Series.Counting counts,
        String first,
        int minutes,
        int capacity,
        int minimumSize,
        int cutoffHours,
        boolean open,
        @Nullable Long parent,
        List<Date> dates,
        List<Enrolment> enrolments) {

    /**
     * One session of it.
     *
     * @param free how many seats nobody has; one that is kept for someone who waits is not free
     */
    public record Date(
            long session,
            String start,
            String end,
            SessionState state,
            Ref therapist,
            Ref room,
            int coming,
            int seats,
            int free) {}

    /** A patient in it, from a day to a day. */
    public record Enrolment(long id, SessionDocument.Patient patient, String from, @Nullable String to) {}

    static SeriesDocument of(GroupView group) {
        return new SeriesDocument(
                group.id(),
                group.version(),
                group.name(),
                group.modality().code(),
                new Ref(group.therapist().id(), group.therapist().name()),
                group.coFacilitators().stream()
                        .map(t -> new Ref(t.id(), t.name()))
                        .toList(),
                new Ref(group.room().id(), group.room().name()),
                new SessionDocument.Site(
                        group.site().id(), group.site().name(), group.zone().getId()),
                group.rule(),
                group.counts(),
                group.firstAt().toString(),
                group.minutes(),
                group.capacity(),
                group.minimumSize(),
                group.cutoffHours(),
                group.open(),
                group.parentId(),
                group.dates().stream().map(d -> date(d, group)).toList(),
                group.members().stream().map(SeriesDocument::enrolment).toList());
    }

    private static Date date(GroupView.Date d, GroupView group) {
        return new Date(
                d.sessionId(),
                SessionDocument.time(d.slot().start(), group.zone()),
                SessionDocument.time(d.slot().end(), group.zone()),
                d.state(),
                new Ref(d.therapist().id(), d.therapist().name()),
                new Ref(d.room().id(), d.room().name()),
                d.coming(),
                d.seats(),
                d.free());
    }

    private static Enrolment enrolment(GroupView.Member m) {
        return new Enrolment(
                m.enrolmentId(),
                new SessionDocument.Patient(m.patientId(), m.name(), m.recordNumber()),
                m.from().toString(),
                m.to() == null ? null : m.to().toString());
    }
}
