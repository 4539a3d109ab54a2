package org.evenkeel.session;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.evenkeel.modality.Modality;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.therapist.Therapist;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a booking needs to be judged, in four statements: the therapist under lock (which time off takes too, so that
 * neither slips past the other), modality and rooms, the calendar around the slot, the patients.
 */
final class Proposals {

    /** Longer than any session and any turnover, so that a bound on starts finds all that overlap. */
    static final Duration REACH = Duration.ofMinutes(Session.MAX_MINUTES + 120);

    private static final Duration HALF_A_DAY = Duration.ofHours(12);

    private final EntityManager em;

    Proposals(EntityManager em) {
        this.em = em;
    }

    /** What is wished for; the modality by code or by id. */
    record Wish(
            @Nullable Long self,
            @Nullable String modalityCode,
            @Nullable Long modalityId,
            TimeSlot slot,
            long therapistId,
            @Nullable Long roomId,
            @Nullable Long siteId,
            List<Long> patientIds,
            Instant now) {}

    private record TherapistRow(String name, boolean active) {}

    private record Place(
            Proposal.ModalityFacts modality, Proposal.RoomFacts room, String site, ZoneId zone, boolean open) {}

    private record Calendar(
            List<Proposal.Validity> qualified,
            List<TimeSlot> timeOff,
            List<OfSite<Proposal.Closure>> closures,
            List<OfSite<WeeklyHours>> working,
            List<OfSite<WeeklyHours>> opening,
            List<TimeSlot> nearby) {}

    private record OfSite<T>(long siteId, T value) {}

    /**
     * @throws Invalid if an id or code is unknown
     * @throws Refused if no room was named and none that fits is free
     */
    Proposal read(Wish wish) {
        TherapistRow therapist = lockTherapist(wish.therapistId());
        List<Place> places = places(wish);
        Calendar calendar = calendar(wish, places);
        List<Proposal.PatientFacts> patients = patients(wish.patientIds());
        Place place = choose(wish, places, calendar);
        long site = place.room().siteId();
        return new Proposal(
                wish.self(),
                wish.slot(),
                place.modality(),
                new Proposal.TherapistFacts(
                        wish.therapistId(),
                        therapist.name(),
                        therapist.active(),
                        calendar.qualified(),
                        calendar.timeOff(),
                        of(site, calendar.working())),
                place.room(),
                new Proposal.SiteFacts(
                        site,
                        place.site(),
                        place.zone(),
                        place.open(),
                        of(site, calendar.opening()),
                        of(site, calendar.closures())),
                patients,
                calendar.nearby());
    }

    private TherapistRow lockTherapist(long id) {
        return Sql.on(em)
                .add("select title, given_name, family_name, active from therapist where id = ? for update", id)
                .first(r -> new TherapistRow(Therapist.displayName(r.text(1), r.text(2), r.text(3)), r.flag(4)))
                .orElseThrow(() -> new Invalid("therapist", "There is no therapist " + id + "."));
    }

    /** The room that is named, or every free one that fits, the closest fit first. */
    private List<Place> places(Wish wish) {
        Sql sql = Sql.on(em)
                .add("select m.id, m.code, m.name, m.format, m.default_minutes, m.qualification, m.active,"
                        + " r.id, r.name, r.site_id, r.capacity, r.turnover_minutes, r.telehealth, r.active,"
                        + " s.name, s.zone, s.active"
                        + " from room r join site s on s.id = r.site_id, modality m where");
        if (wish.modalityCode() != null) {
            sql.add("m.code = ?", wish.modalityCode());
        } else {
            sql.add("m.id = ?", wish.modalityId());
        }
        if (wish.roomId() != null) {
            sql.add("and r.id = ?", wish.roomId());
        } else {
            // Room turnover is at most 120 minutes; its tail is checked by the key when the room is taken.
            sql.add(
                    "and r.active and s.active and not r.telehealth and r.capacity >= ? and not exists"
                            + " (select 1 from occupied o where o.resource = r.id * 4 + 1 and o.segment >= ?"
                            + " and o.segment < ? + r.turnover_minutes / 5"
                            + " and (o.expires_at is null or o.expires_at > ?) and o.claim <> ?)",
                    wish.patientIds().size(),
                    segment(wish.slot().start()),
                    segment(wish.slot().end()),
                    wish.now(),
                    wish.self() == null ? -1L : wish.self());
            if (wish.siteId() != null) {
                sql.add("and s.id = ?", wish.siteId());
            }
            sql.add("order by r.capacity, r.name, r.id");
        }
        List<Place> places = sql.list(r -> new Place(
                new Proposal.ModalityFacts(
                        r.id(1),
                        r.text(2),
                        r.text(3),
                        r.constant(4, Modality.Format.class),
                        r.number(5),
                        r.textOrNull(6),
                        r.flag(7)),
                new Proposal.RoomFacts(
                        r.id(8), r.text(9), r.id(10), r.number(11), r.number(12), r.flag(13), r.flag(14)),
                r.text(15),
                ZoneId.of(r.text(16)),
                r.flag(17)));
        if (places.isEmpty()) {
            throw whatIsMissing(wish);
        }
        return places;
    }

    private RuntimeException whatIsMissing(Wish wish) {
        Optional<Boolean> modality = Sql.on(em)
                .add(
                        "select active from modality where code = ? or id = ?",
                        wish.modalityCode(),
                        wish.modalityId() == null ? -1L : wish.modalityId())
                .first(r -> r.flag(1));
        if (modality.isEmpty()) {
            return new Invalid("modality", "There is no modality " + wish.modalityCode() + ".");
        }
        if (wish.roomId() != null) {
            return new Invalid("room", "There is no room " + wish.roomId() + ".");
        }
        return new NoRoom();
    }

    /** No room was named and none that fits is free; becomes a refusal once its transaction is over. */
    static final class NoRoom extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static int segment(Instant instant) {
        return Math.toIntExact(instant.getEpochSecond() / 300);
    }

    /** Where the therapist works at that time comes first, then the closest fit. */
    private static Place choose(Wish wish, List<Place> places, Calendar calendar) {
        return places.stream()
                .min(Comparator.comparing(place ->
                        WeeklyHours.cover(of(place.room().siteId(), calendar.working()), wish.slot(), place.zone())
                                ? 0
                                : 1))
                .orElseThrow();
    }

    private static <T> List<T> of(long site, List<OfSite<T>> all) {
        return all.stream().filter(o -> o.siteId() == site).map(OfSite::value).toList();
    }

    private Calendar calendar(Wish wish, List<Place> places) {
        TimeSlot slot = wish.slot();
        LocalDate day = LocalDate.ofInstant(slot.start(), ZoneOffset.UTC);
        long modality = places.get(0).modality().id();
        Calendar calendar = new Calendar(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        HashSet<Long> sites = new HashSet<>();
        places.forEach(p -> sites.add(p.room().siteId()));
        Sql.on(em)
                .add(
                        "select 0, cast(0 as bigint), cast(null as time), cast(null as time), valid_from, valid_to,"
                                + " cast(null as timestamp with time zone), cast(null as timestamp with time zone),"
                                + " cast(null as varchar(200)) from qualification"
                                + " where therapist_id = ? and modality_id = ?",
                        wish.therapistId(),
                        modality)
                .add(
                        "union all select 1, 0, null, null, null, null, starts_at, ends_at, null from time_off"
                                + " where therapist_id = ? and ends_at > ? and starts_at < ?",
                        wish.therapistId(),
                        slot.start(),
                        slot.end())
                .add(
                        "union all select 2, site_id, null, null, closed_on, null, null, null, reason from closure_day"
                                + " where closed_on between ? and ? and site_id in",
                        day.minusDays(1),
                        day.plusDays(2))
                .in(sites)
                .add(
                        "union all select 3, site_id, starts_at, ends_at, null, null, null, null, cast(weekday as varchar(1))"
                                + " from working_hours where therapist_id = ?",
                        wish.therapistId())
                .add(
                        "union all select 4, site_id, opens_at, closes_at, null, null, null, null, cast(weekday as varchar(1))"
                                + " from opening_hours where site_id in")
                .in(sites)
                .add(
                        "union all select 5, id, null, null, null, null, starts_at, ends_at, null from session"
                                + " where therapist_id = ? and state = 'BOOKED' and starts_at > ? and starts_at < ? and id <> ?",
                        wish.therapistId(),
                        slot.start().minus(HALF_A_DAY),
                        slot.end().plus(HALF_A_DAY),
                        wish.self() == null ? -1L : wish.self())
                .list(r -> {
                    switch (r.number(1)) {
                        case 0 -> calendar.qualified().add(new Proposal.Validity(r.date(5), r.dateOrNull(6)));
                        case 1 -> calendar.timeOff().add(r.slot(7, 8));
                        case 2 ->
                            calendar.closures().add(new OfSite<>(r.id(2), new Proposal.Closure(r.date(5), r.text(9))));
                        case 3 -> calendar.working().add(hours(r));
                        case 4 -> calendar.opening().add(hours(r));
                        default -> calendar.nearby().add(r.slot(7, 8));
                    }
                    return true;
                });
        return calendar;
    }

    private static OfSite<WeeklyHours> hours(Sql.Row r) throws java.sql.SQLException {
        LocalTime from = r.time(3);
        return new OfSite<>(r.id(2), new WeeklyHours(Integer.parseInt(r.text(9)), from, r.time(4)));
    }

    private List<Proposal.PatientFacts> patients(List<Long> ids) {
        List<Proposal.PatientFacts> patients = Sql.on(em)
                .add("select id, given_name, family_name, active and died_on is null, primary_therapist_id"
                        + " from patient where id in")
                .in(ids)
                .list(r -> new Proposal.PatientFacts(r.id(1), r.text(2) + " " + r.text(3), r.flag(4), r.idOrNull(5)));
        for (Long id : ids) {
            if (patients.stream().noneMatch(p -> p.id() == id)) {
                throw new Invalid("patients", "There is no patient " + id + ".");
            }
        }
        return patients;
    }
}
