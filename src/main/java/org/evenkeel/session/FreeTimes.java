package org.evenkeel.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.Settings;
import org.evenkeel.patient.Caseload;
import org.evenkeel.session.FreeTimesCalendar.BusyBy;
import org.evenkeel.session.FreeTimesCalendar.RoomDays;
import org.evenkeel.session.FreeTimesCalendar.SiteDays;
import org.evenkeel.session.FreeTimesCalendar.TherapistDays;
import org.evenkeel.session.FreeTimesFound.Relaxation;
import org.evenkeel.session.FreeTimesQuery.Wish;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Transactions;
import org.evenkeel.therapist.Therapist;
import org.jspecify.annotations.Nullable;

/**
 * Finds a time: over all therapists and free rooms, by wishes. Reads what it needs in a fixed number of statements and searches
 * in memory.
 */
@ApplicationScoped
public class FreeTimes {

    private EntityManager em;
    private Transactions transactions;
    private Settings settings;
    private AuditTrail audit;
    private Gate gate;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected FreeTimes() {}

    @Inject
    public FreeTimes(EntityManager em, Transactions transactions, Settings settings, AuditTrail audit, Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.settings = settings;
        this.audit = audit;
        this.gate = new Gate(audit);
        this.clock = clock;
    }

    /**
     * The best times for the wishes; when there are none, what to relax. A therapist finds own times only. Those of a patient tell of their
     * sessions, and whoever looks is on record.
     *
     * @throws Invalid if a wish cannot be meant
     * @throws Refused if nothing can be booked for the patient
     * @throws org.evenkeel.shared.NotAllowed if a therapist asks for a patient of others, whose free times would tell of their sessions
     */
    public FreeTimesFound search(Actor actor, FreeTimesQuery query) {
        gate.require(actor, "find a time", Role.DESK, Role.LEAD, Role.THERAPIST);
        requireCaseload(actor, query.patientId());
        FreeTimesQuery allowed = ownIfTherapist(actor, query);
        validate(allowed);
        Set<Wish> wishes = allowed.wishes();
        if (!actor.hasAny(Role.DESK, Role.LEAD)) {
            wishes.remove(Wish.THERAPIST);
        }
        return transactions.inNew(() -> {
            FreeTimesFound found = searchIn(allowed, wishes);
            Long patient = allowed.patientId();
            if (patient != null) {
                audit.record(actor, Entry.viewed("free times", "patient", List.of(patient), List.of(patient)));
            }
            return found;
        });
    }

    private void requireCaseload(Actor actor, @Nullable Long patient) {
        if (patient == null || actor.hasAny(Role.DESK, Role.LEAD)) {
            return;
        }
        Long therapist = actor.therapistId();
        Caseload caseload = new Caseload(em, clock);
        if (therapist == null || !transactions.inNew(() -> caseload.includesAll(therapist, List.of(patient)))) {
            throw gate.refusal(actor, "find a time outside the own caseload", "patient", List.of(patient));
        }
    }

    static FreeTimesQuery ownIfTherapist(Actor actor, FreeTimesQuery q) {
        if (actor.hasAny(Role.DESK, Role.LEAD)) {
            return q;
        }
        return new FreeTimesQuery(
                q.modality(),
                q.minutes(),
                q.from(),
                q.to(),
                actor.therapistId(),
                null,
                null,
                q.weekdays(),
                q.after(),
                q.before(),
                q.siteId(),
                q.patientId(),
                q.limit());
    }

    private static void validate(FreeTimesQuery q) {
        if (q.to().isBefore(q.from())) {
            throw new Invalid("to", "invalid.session.lastBeforeFirst");
        }
        if (q.from().plusDays(FreeTimesQuery.MAX_DAYS).isBefore(q.to())) {
            throw new Invalid("to", "invalid.session.mostDays", FreeTimesQuery.MAX_DAYS);
        }
        Integer minutes = q.minutes();
        if (minutes != null && (minutes < 5 || minutes > Session.MAX_MINUTES || minutes % 5 != 0)) {
            throw new Invalid("minutes", "invalid.session.minutesRange", Session.MAX_MINUTES);
        }
        LocalTime after = q.after();
        LocalTime before = q.before();
        if (after != null && before != null && !after.isBefore(before)) {
            throw new Invalid("before", "invalid.session.beforeAfter");
        }
    }

    /** @param wishes those that may be relaxed */
    private FreeTimesFound searchIn(FreeTimesQuery query, Set<Wish> wishes) {
        Instant now = clock.instant();
        Asked asked = asked(query);
        requireBookable(query, asked);
        List<FreeTime> items = read(query, asked, now).search(query, now);
        return new FreeTimesFound(items, items.isEmpty() ? relaxations(query, List.copyOf(wishes), now) : List.of());
    }

    /**
     * What to relax where nothing answers all wishes: one of them; if that gains nothing two, or a longer stretch. However many ways
     * are tried, the calendar is read once: only now with the therapists, sites and days that the wishes left out.
     */
    private List<Relaxation> relaxations(FreeTimesQuery query, List<Wish> wishes, Instant now) {
        LocalDate later = query.later();
        FreeTimesQuery open = without(query, wishes).until(later);
        if (open.equals(query)) {
            return List.of();
        }
        FreeTimesCalendar wide = read(open, now);
        List<Relaxation> one = wishes.stream()
                .map(wish -> dropping(wide, query, List.of(wish), now))
                .toList();
        if (one.stream().anyMatch(r -> r.gains() > 0)) {
            return gaining(one);
        }
        List<Relaxation> more = new ArrayList<>();
        for (int i = 0; i < wishes.size(); i++) {
            for (int j = i + 1; j < wishes.size(); j++) {
                more.add(dropping(wide, query, List.of(wishes.get(i), wishes.get(j)), now));
            }
        }
        more.add(new Relaxation(List.of(), later, count(wide, query.until(later), now)));
        return gaining(more);
    }

    private static Relaxation dropping(FreeTimesCalendar calendar, FreeTimesQuery query, List<Wish> some, Instant now) {
        return new Relaxation(some, null, count(calendar, without(query, some), now));
    }

    private static List<Relaxation> gaining(List<Relaxation> all) {
        return all.stream()
                .filter(r -> r.gains() > 0)
                .sorted(Comparator.comparing(Relaxation::gains).reversed())
                .toList();
    }

    private static FreeTimesQuery without(FreeTimesQuery query, List<Wish> wishes) {
        FreeTimesQuery left = query;
        for (Wish wish : wishes) {
            left = left.without(wish);
        }
        return left;
    }

    private static int count(FreeTimesCalendar calendar, FreeTimesQuery query, Instant now) {
        return calendar.search(query.unlimited(), now).size();
    }

    private record Asked(Proposal.ModalityFacts modality, Proposal.@Nullable PatientFacts patient) {

        boolean needsCredential() {
            return modality.qualification() != null;
        }
    }

    /** Times of a therapy or for a patient that no session can be booked for are not offered: as a booking would be, it is refused. */
    private static void requireBookable(FreeTimesQuery query, Asked asked) {
        asked.modality().requireOffered(1);
        Long id = query.patientId();
        Proposal.PatientFacts patient = asked.patient();
        if (id != null && patient == null) {
            throw new Invalid("patient", "invalid.session.noPatient", id);
        }
        if (patient != null && !patient.bookable()) {
            throw new Refused(Refusal.of(Rule.PATIENT_NOT_BOOKABLE, patient.name()));
        }
    }

    /** What is open and taken on these days, read within the caller's transaction. */
    FreeTimesCalendar read(FreeTimesQuery query, Instant now) {
        return read(query, asked(query), now);
    }

    private FreeTimesCalendar read(FreeTimesQuery query, Asked asked, Instant now) {
        Proposal.ModalityFacts modality = asked.modality();
        int minutes = query.minutes() == null ? modality.defaultMinutes() : query.minutes();
        Instant from = query.from().minusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        Instant to = query.to().plusDays(2).atStartOfDay().toInstant(ZoneOffset.UTC);
        if (from.isBefore(now.minus(Proposals.REACH))) {
            from = now.minus(Proposals.REACH);
        }
        List<TherapistRow> people = therapists(query, asked);
        Hours hours = hours(query, people, modality.id(), from, to);
        BusyBy therapistBusy = new BusyBy();
        BusyBy roomBusy = new BusyBy();
        BusyBy patientBusy = new BusyBy();
        TimeSlot days = hours.days(query, new TimeSlot(from, to));
        busy(query, people, hours, days.start(), days.end(), now, therapistBusy, roomBusy, patientBusy);
        return new FreeTimesCalendar(
                asked.needsCredential(),
                minutes,
                settings.sessionsInARow(),
                hours.sites(roomBusy),
                people.stream()
                        .map(p -> new TherapistDays(
                                p.id(),
                                p.name(),
                                p.gender(),
                                hours.languages.getOrDefault(p.id(), Set.of()),
                                hours.qualified.getOrDefault(p.id(), List.of()),
                                hours.working.getOrDefault(p.id(), Map.of()),
                                therapistBusy.of(p.id()),
                                hours.timeOff.of(p.id())))
                        .toList(),
                patientBusy.of(0),
                asked.patient() == null ? null : asked.patient().primaryTherapistId());
    }

    private Asked asked(FreeTimesQuery query) {
        return Sql.on(em)
                .add(
                        "select " + Proposals.MODALITY + ", " + Proposals.PATIENT
                                + " from modality m left join patient p on p.id = ? where m.code = ?",
                        query.patientId() == null ? -1L : query.patientId(),
                        query.modality())
                .first(r -> new Asked(Proposals.modality(r), r.idOrNull(8) == null ? null : Proposals.patient(r, 8)))
                .orElseThrow(() -> new Invalid("modality", "invalid.session.noModality", query.modality()));
    }

    private record TherapistRow(long id, String name, Therapist.Gender gender) {}

    private List<TherapistRow> therapists(FreeTimesQuery query, Asked asked) {
        Sql sql = Sql.on(em)
                .add("select t.id, t.title, t.given_name, t.family_name, t.gender from therapist t where t.active");
        if (query.therapistId() != null) {
            sql.add("and t.id = ?", query.therapistId());
        }
        if (query.gender() != null) {
            sql.add("and t.gender = ?", query.gender());
        }
        if (asked.needsCredential()) {
            sql.add(
                    "and exists (select 1 from qualification q where q.therapist_id = t.id and q.modality_id = ?)",
                    asked.modality().id());
        }
        return sql.add("order by t.id")
                .list(r -> new TherapistRow(
                        r.id(1),
                        Therapist.displayName(r.text(2), r.text(3), r.text(4)),
                        r.constant(5, Therapist.Gender.class)));
    }

    /** Everything about hours, by whom and where; filled row by row. */
    private static final class Hours {
        final Map<Long, Map<Long, List<WeeklyHours>>> working = new HashMap<>();
        final Map<Long, List<Proposal.Validity>> qualified = new HashMap<>();
        final Map<Long, Set<String>> languages = new HashMap<>();
        final BusyBy timeOff = new BusyBy();
        final Map<Long, List<WeeklyHours>> opening = new HashMap<>();
        final Map<Long, Set<LocalDate>> closed = new HashMap<>();
        final List<Place> places = new ArrayList<>();

        record Place(long roomId, String room, int turnover, long siteId, String site, ZoneId zone) {}

        List<SiteDays> sites(BusyBy roomBusy) {
            Map<Long, SiteDays> sites = new LinkedHashMap<>();
            for (Place p : places) {
                sites.computeIfAbsent(
                                p.siteId(),
                                id -> new SiteDays(
                                        id,
                                        p.site(),
                                        p.zone(),
                                        opening.getOrDefault(id, List.of()),
                                        closed.getOrDefault(id, Set.of()),
                                        new ArrayList<>()))
                        .rooms()
                        .add(new RoomDays(p.roomId(), p.room(), p.turnover(), roomBusy.of(p.roomId())));
            }
            return List.copyOf(sites.values());
        }

        /** From the first midnight to the last, by the calendars of the sites; what was asked for where there is no site. */
        TimeSlot days(FreeTimesQuery query, TimeSlot otherwise) {
            List<ZoneId> zones = places.stream().map(Place::zone).distinct().toList();
            if (zones.isEmpty()) {
                return otherwise;
            }
            Instant first = zones.stream()
                    .map(zone -> query.from().atStartOfDay(zone).toInstant())
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            Instant last = zones.stream()
                    .map(zone -> query.to().plusDays(1).atStartOfDay(zone).toInstant())
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            return new TimeSlot(first, last);
        }

        List<Long> roomIds() {
            return places.stream().map(Place::roomId).toList();
        }
    }

    private Hours hours(FreeTimesQuery query, List<TherapistRow> people, long modality, Instant from, Instant to) {
        Hours hours = new Hours();
        List<Long> ids = people.stream().map(TherapistRow::id).toList();
        Sql.on(em)
                .add(
                        "select 0, therapist_id, site_id, weekday, starts_at, ends_at, cast(null as date), cast(null as date),"
                                + " cast(null as timestamp with time zone), cast(null as timestamp with time zone),"
                                + " cast(null as varchar(80)), cast(null as varchar(80)), cast(null as varchar(50))"
                                + " from working_hours where therapist_id in")
                .in(ids)
                .add(
                        "union all select 1, therapist_id, 0, 0, null, null, valid_from, valid_to, null, null, null, null, null"
                                + " from qualification where modality_id = ? and therapist_id in",
                        modality)
                .in(ids)
                .add(
                        "union all select 2, therapist_id, 0, 0, null, null, null, null, starts_at, ends_at, null, null, null"
                                + " from time_off where ends_at > ? and starts_at < ? and therapist_id in",
                        from,
                        to)
                .in(ids)
                .add("union all select 3, therapist_id, 0, 0, null, null, null, null, null, null, language, null, null"
                        + " from therapist_language where therapist_id in")
                .in(ids)
                .add(
                        "union all select 4, site_id, 0, weekday, opens_at, closes_at, null, null, null, null, null, null, null"
                                + " from opening_hours")
                .add(
                        "union all select 5, site_id, 0, 0, null, null, closed_on, null, null, null, null, null, null"
                                + " from closure_day where closed_on between ? and ?",
                        query.from(),
                        query.to())
                .add("union all select 6, r.id, r.site_id, r.turnover_minutes, null, null, null, null, null, null,"
                        + " r.name, s.name, s.zone from room r join site s on s.id = r.site_id"
                        + " where r.active and s.active and not r.telehealth")
                .list(r -> {
                    long id = r.id(2);
                    switch (r.number(1)) {
                        case 0 ->
                            hours.working
                                    .computeIfAbsent(id, k -> new HashMap<>())
                                    .computeIfAbsent(r.id(3), k -> new ArrayList<>())
                                    .add(new WeeklyHours(r.number(4), r.time(5), r.time(6)));
                        case 1 ->
                            hours.qualified
                                    .computeIfAbsent(id, k -> new ArrayList<>())
                                    .add(new Proposal.Validity(r.date(7), r.dateOrNull(8)));
                        case 2 -> hours.timeOff.add(id, r.slot(9, 10));
                        case 3 ->
                            hours.languages
                                    .computeIfAbsent(id, k -> new HashSet<>())
                                    .add(r.text(11));
                        case 4 ->
                            hours.opening
                                    .computeIfAbsent(id, k -> new ArrayList<>())
                                    .add(new WeeklyHours(r.number(4), r.time(5), r.time(6)));
                        case 5 ->
                            hours.closed
                                    .computeIfAbsent(id, k -> new HashSet<>())
                                    .add(r.date(7));
                        default ->
                            hours.places.add(new Hours.Place(
                                    id, r.text(11), r.number(4), r.id(3), r.text(12), ZoneId.of(r.text(13))));
                    }
                    return true;
                });
        keepSitesOf(query, hours);
        return hours;
    }

    /** Only the sites that somebody in question works at; their rooms in a steady order. */
    private static void keepSitesOf(FreeTimesQuery query, Hours hours) {
        Set<Long> sites = new HashSet<>();
        hours.working.values().forEach(bySite -> sites.addAll(bySite.keySet()));
        if (query.siteId() != null) {
            sites.retainAll(Set.of(query.siteId()));
        }
        hours.places.removeIf(p -> !sites.contains(p.siteId()));
        hours.places.sort(Comparator.comparing(Hours.Place::siteId)
                .thenComparing(Hours.Place::room)
                .thenComparing(Hours.Place::roomId));
    }

    private void busy(
            FreeTimesQuery query,
            List<TherapistRow> people,
            Hours hours,
            Instant from,
            Instant to,
            Instant now,
            BusyBy therapistBusy,
            BusyBy roomBusy,
            BusyBy patientBusy) {
        List<Long> ids = people.stream().map(TherapistRow::id).toList();
        Instant since = from.minus(Proposals.REACH);
        Sql sql = Sql.on(em)
                .add(
                        "select 0, therapist_id, room_id, starts_at, ends_at, turnover_minutes from session"
                                + " where state = 'BOOKED' and starts_at >= ? and starts_at < ? and (therapist_id in",
                        since,
                        to)
                .in(ids)
                .add("or room_id in")
                .in(hours.roomIds())
                .add(
                        ") union all select 2, f.therapist_id, 0, s.starts_at, s.ends_at, 0 from session_facilitator f"
                                + " join session s on s.id = f.session_id where s.state = 'BOOKED' and s.starts_at >= ?"
                                + " and s.starts_at < ? and f.therapist_id in",
                        since,
                        to)
                .in(ids)
                .add(
                        "union all select 0, h.therapist_id, h.room_id, h.starts_at, h.ends_at, r.turnover_minutes from hold h"
                                + " join room r on r.id = h.room_id"
                                + " where h.expires_at > ? and h.starts_at < ? and h.ends_at > ?",
                        now,
                        to,
                        since);
        if (query.patientId() != null) {
            sql.add(
                    "union all select 1, 0, 0, s.starts_at, s.ends_at, 0 from participant p"
                            + " join session s on s.id = p.session_id where p.patient_id = ? and p.seat_number is not null"
                            + " and s.state = 'BOOKED' and s.starts_at >= ? and s.starts_at < ?",
                    query.patientId(),
                    since,
                    to);
        }
        sql.list(r -> {
            TimeSlot slot = r.slot(4, 5);
            if (r.number(1) == 1) {
                patientBusy.add(0, slot);
            } else {
                therapistBusy.add(r.id(2), slot);
            }
            if (r.number(1) == 0) {
                int turnover = r.number(6);
                roomBusy.add(r.id(3), turnover == 0 ? slot : slot.extendedBy(turnover));
            }
            return true;
        });
    }
}
