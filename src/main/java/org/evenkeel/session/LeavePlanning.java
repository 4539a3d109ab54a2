package org.evenkeel.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.session.Schedule.Judged;
import org.evenkeel.session.SessionView.Named;
import org.evenkeel.shared.CalendarChanged;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Transactions;
import org.evenkeel.site.ClosureDay;
import org.evenkeel.site.Site;
import org.evenkeel.site.Sites;
import org.evenkeel.therapist.Therapist;
import org.evenkeel.therapist.TimeOff;
import org.evenkeel.therapist.TimesOff;
import org.jspecify.annotations.Nullable;

/**
 * Leave over booked sessions, and closure days likewise: lists them all with who could take them over, and then does what was
 * decided for each, together with the leave, in one transaction (acceptance case A13).
 */
@ApplicationScoped
public class LeavePlanning {

    private static final int MOST_REASON = 200;

    private EntityManager em;
    private Transactions transactions;
    private Schedule schedule;
    private Extension extension;
    private TimesOff timesOff;
    private AuditTrail audit;
    private Event<CalendarChanged> events;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected LeavePlanning() {}

    @Inject
    public LeavePlanning(
            EntityManager em,
            Transactions transactions,
            Schedule schedule,
            Extension extension,
            AuditTrail audit,
            Event<CalendarChanged> events,
            Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.schedule = schedule;
        this.extension = extension;
        this.timesOff = new TimesOff(em);
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A therapist who is away, or a site that is closed on a day: one of both.
     *
     * @param slot of the therapist's leave
     * @param date of the closure, by the site's calendar
     * @param reason for the desk
     */
    public record Absence(
            @Nullable Long therapistId,
            @Nullable TimeSlot slot,
            @Nullable Long siteId,
            @Nullable LocalDate date,
            String reason) {

        public static Absence leave(long therapistId, TimeSlot slot, String reason) {
            return new Absence(therapistId, slot, null, null, reason.strip());
        }

        public static Absence closure(long siteId, LocalDate date, String reason) {
            return new Absence(null, null, siteId, date, reason.strip());
        }
    }

    /**
     * What is to be done with one session: another therapist, another start, or a cancellation, and then perhaps one date more at the
     * end of its series, so that as many are held (acceptance case A12). {@link #KEEP} is for groups whose
     * co-facilitator is away: they are under-staffed, and go on (acceptance case A19).
     */
    public record Decision(@Nullable Long therapistId, @Nullable Instant start, boolean cancel, boolean extend) {

        public static final Decision CANCEL = new Decision(null, null, true, false);
        public static final Decision CANCEL_AND_EXTEND = new Decision(null, null, true, true);
        public static final Decision KEEP = new Decision(null, null, false, false);

        public static Decision substitute(long therapistId) {
            return new Decision(therapistId, null, false, false);
        }

        public static Decision move(Instant start) {
            return new Decision(null, start, false, false);
        }

        /** What {@link Invalid#field()} calls the start that was decided for a session. */
        public static String startOf(long sessionId) {
            return "start of session " + sessionId;
        }
    }

    /** Decisions that something speaks against. */
    public static final class CannotBe extends Refused {
        private static final long serialVersionUID = 1L;

        private final transient Map<Long, List<Refusal>> against;

        CannotBe(Map<Long, List<Refusal>> against) {
            super(against.values().stream().flatMap(List::stream).distinct().toList(), Alternatives.NONE);
            this.against = against;
        }

        /** What speaks against what was decided for a session; empty: nothing is known. */
        public List<Refusal> against(long sessionId) {
            return against.getOrDefault(sessionId, List.of());
        }
    }

    /**
     * A session that the absence falls on.
     *
     * @param leads whether the absent therapist leads it; false: they co-facilitate
     * @param others who is there besides the absent one
     * @param seriesId what it is a date of, which can be extended; null: of nothing
     * @param title the name of its group; null: it is for one patient
     * @param patients who comes, by name
     * @param substitutes who is qualified, there and free; who facilitates it already comes first, and then leads it
     */
    public record Affected(
            long sessionId,
            TimeSlot slot,
            ZoneId zone,
            String modality,
            Named therapist,
            String room,
            boolean leads,
            List<Named> others,
            @Nullable Long seriesId,
            @Nullable String title,
            List<String> patients,
            List<Named> substitutes)
            implements Serializable {

        /** Ids only: names stay out of logs. */
        @Override
        public String toString() {
            return "Session " + sessionId;
        }
    }

    /** Every booked session that the absence falls on, the soonest first, with who could take it over. */
    public List<Affected> affected(Actor actor, Absence absence) {
        requireKeeper(actor, absence);
        return transactions.inNew(() -> {
            List<Hit> hits = hits(absence);
            List<Affected> affected = withSubstitutes(actor, absence, hits);
            List<Long> patients = hits.stream()
                    .flatMap(h -> h.patients().keySet().stream())
                    .distinct()
                    .toList();
            audit.record(
                    actor,
                    Entry.viewed(
                            "availability/leave",
                            "session",
                            hits.stream().map(Hit::sessionId).toList(),
                            patients));
            return affected;
        });
    }

    /**
     * Does what was decided for each session, and puts the absence on record.
     *
     * @param override soft rules that are gone against, in all of them
     * @return the dates that were added at the end of series
     * @throws Invalid if a session has no decision, is to be made up for where no series goes on, or is moved to a time that cannot be meant
     * @throws CannotBe if something speaks against decisions; nothing was saved
     * @throws Refused if others were faster
     */
    public List<Added> apply(Actor actor, Absence absence, Map<Long, Decision> decisions, RuleOverride override) {
        requireKeeper(actor, absence);
        if (absence.reason().length() > MOST_REASON) {
            throw new Invalid("reason", "invalid.session.reason");
        }
        return LostRaces.retried(transactions, () -> applyOnce(actor, absence, decisions, override), Rule.BEING_BOOKED);
    }

    /** The same, with no rule gone against. */
    public List<Added> apply(Actor actor, Absence absence, Map<Long, Decision> decisions) {
        return apply(actor, absence, decisions, RuleOverride.NONE);
    }

    /** A date at the end of a series, for one that is cancelled. */
    public record Added(long seriesId, TimeSlot slot, ZoneId zone) {}

    private List<Added> applyOnce(Actor actor, Absence absence, Map<Long, Decision> decisions, RuleOverride override) {
        putOnRecord(absence);
        events.fire(new CalendarChanged(stretch(absence)));
        List<Hit> hits = hits(absence);
        List<Long> cancelled = new ArrayList<>();
        Map<Long, List<Hit>> extended = new TreeMap<>();
        Map<Long, List<Occurrence>> changed = new TreeMap<>();
        for (Hit hit : hits) {
            Decision decision = decisions.get(hit.sessionId());
            boolean mayStay = !hit.leads(absence);
            if (decision == null || (decision.equals(Decision.KEEP) && !mayStay)) {
                throw new Invalid("decisions", "invalid.session.undecided", String.valueOf(hits.size()));
            }
            if (decision.cancel()) {
                cancelled.add(hit.sessionId());
                if (decision.extend()) {
                    extended.computeIfAbsent(seriesOf(hit), k -> new ArrayList<>())
                            .add(hit);
                }
            } else if (!decision.equals(Decision.KEEP)) {
                Instant start = decision.start();
                if (start != null) {
                    Booking.validateStart(Decision.startOf(hit.sessionId()), start, clock.instant());
                }
                changed.computeIfAbsent(hit.modalityId(), k -> new ArrayList<>())
                        .add(hit.occurrence(absence, decision));
            }
        }
        if (!cancelled.isEmpty()) {
            schedule.cancel(cancelled, absence.reason().isEmpty() ? "leave" : absence.reason());
        }
        Set<Rule> overridden = EnumSet.noneOf(Rule.class);
        changed.forEach((modality, wanted) -> overridden.addAll(change(actor, modality, wanted, override)));
        List<Added> added = new ArrayList<>();
        extended.forEach((series, gone) -> extension
                .extend(actor, series, gone.size())
                .forEach(slot -> added.add(new Added(series, slot, gone.get(0).zone()))));
        String against = overridden.stream().map(Rule::name).collect(Collectors.joining(" "));
        List<Long> patients = hits.stream()
                .flatMap(h -> h.patients().keySet().stream())
                .distinct()
                .toList();
        audit.record(
                actor,
                new Entry(
                        "CHANGED",
                        "availability/leave",
                        "session",
                        hits.stream().map(Hit::sessionId).toList(),
                        patients,
                        "OK",
                        cancelled.size() + " cancelled"
                                + (added.isEmpty() ? "" : ", " + added.size() + " added")
                                + (against.isEmpty() ? "" : ", overridden " + against)));
        return added;
    }

    private static long seriesOf(Hit hit) {
        Long series = hit.seriesId();
        if (series == null) {
            throw new Invalid("decisions", "invalid.session.notInSeries");
        }
        return series;
    }

    /** @return the rules that it goes against */
    private Set<Rule> change(Actor actor, long modality, List<Occurrence> wanted, RuleOverride override) {
        int capacity =
                wanted.stream().mapToInt(o -> o.patientIds().size()).max().orElse(1);
        List<Judged> judged = schedule.judge(actor, modality, Math.max(1, capacity), wanted);
        Map<Long, List<Refusal>> against = new LinkedHashMap<>();
        for (Judged one : judged) {
            List<Refusal> left = one.refusals().stream()
                    .filter(r -> r.rule().severity() == Rule.Severity.HARD || !override.covers(r.rule()))
                    .toList();
            if (!left.isEmpty()) {
                against.put(Objects.requireNonNull(one.occurrence().sessionId()), left);
            }
        }
        if (!against.isEmpty()) {
            throw new CannotBe(against);
        }
        schedule.change(new Schedule.Common(0, modality, capacity, Map.of(), override), judged);
        return judged.stream()
                .flatMap(one -> one.refusals().stream())
                .map(Refusal::rule)
                .collect(Collectors.toSet());
    }

    private void putOnRecord(Absence absence) {
        Long therapist = absence.therapistId();
        if (therapist == null) {
            Long id = Objects.requireNonNull(absence.siteId());
            new Sites(em).pauseBookings();
            Site site = em.find(Site.class, id, LockModeType.PESSIMISTIC_WRITE);
            if (site == null) {
                throw new NotFound("site", id);
            }
            site.closeOn(new ClosureDay(Objects.requireNonNull(absence.date()), absence.reason()));
            em.flush();
            return;
        }
        TimeSlot slot = Objects.requireNonNull(absence.slot());
        // As bookings lock it: neither misses the other.
        if (!Sql.on(em)
                .add("select id from therapist where id = ? for update", therapist)
                .exists()) {
            throw new NotFound("therapist", therapist);
        }
        if (!slot.end().isAfter(clock.instant())) {
            throw new Invalid("until", "invalid.over");
        }
        timesOff.overlapping(therapist, slot).ifPresent(other -> {
            throw new Invalid("until", "invalid.session.overlapsTimeOff");
        });
        timesOff.add(new TimeOff(therapist, slot, absence.reason()));
        em.flush();
    }

    // --- what it falls on -------------------------------------------------------------------------------------------

    private record Hit(
            long sessionId,
            long modalityId,
            String modality,
            TimeSlot slot,
            ZoneId zone,
            Named therapist,
            long roomId,
            String room,
            @Nullable Long seriesId,
            @Nullable String title,
            List<Named> coFacilitators,
            Map<Long, String> patients) {

        boolean leads(Absence absence) {
            return absence.therapistId() == null || absence.therapistId() == therapist.id();
        }

        Occurrence occurrence(Absence absence, Decision decision) {
            Instant start = decision.start() == null ? slot.start() : decision.start();
            Long substitute = decision.therapistId();
            if (substitute == null) {
                return occurrence(start, therapist.id(), ids(coFacilitators));
            }
            if (leads(absence)) {
                return occurrence(
                        start,
                        substitute,
                        ids(coFacilitators).stream()
                                .filter(t -> !substitute.equals(t))
                                .toList());
            }
            return occurrence(
                    start,
                    therapist.id(),
                    ids(coFacilitators).stream()
                            .map(t -> t.equals(absence.therapistId()) ? substitute : t)
                            .toList());
        }

        /** With somebody else instead of the absent one, and as if they led it: whoever leads must be qualified. */
        Occurrence ledBy(long other, Absence absence) {
            List<Long> rest = there(absence).stream()
                    .map(Named::id)
                    .filter(t -> t != other)
                    .toList();
            return occurrence(slot.start(), other, rest);
        }

        private Occurrence occurrence(Instant start, long lead, List<Long> others) {
            return new Occurrence(
                    sessionId,
                    null,
                    TimeSlot.of(start, slot.minutes()),
                    lead,
                    others,
                    roomId,
                    List.copyOf(patients.keySet()));
        }

        /** Who is there besides the absent one. */
        List<Named> there(Absence absence) {
            return Stream.concat(Stream.of(therapist), coFacilitators.stream())
                    .filter(t -> !Objects.equals(t.id(), absence.therapistId()))
                    .toList();
        }

        /** Whom to ask, those first who facilitate it already and could lead it; not who has a part in it otherwise. */
        List<Named> candidates(Absence absence, List<Named> all) {
            List<Named> facilitating = leads(absence) ? coFacilitators : List.of();
            return Stream.concat(facilitating.stream(), all.stream().filter(t -> !there(absence)
                            .contains(t)))
                    .toList();
        }

        private static List<Long> ids(List<Named> therapists) {
            return therapists.stream().map(Named::id).toList();
        }
    }

    private List<Hit> hits(Absence absence) {
        Sql sql = Sql.on(em)
                .add(
                        "select s.id, m.id, m.name, s.starts_at, s.ends_at, si.zone, t.id, t.title, t.given_name, t.family_name,"
                                + " r.id, r.name, g.name, c.id, c.title, c.given_name, c.family_name, p.patient_id, pa.given_name, pa.family_name,"
                                + " s.series_id from session s"
                                + " left join modality m on m.id = s.modality_id left join site si on si.id = s.site_id"
                                + " left join therapist t on t.id = s.therapist_id left join room r on r.id = s.room_id"
                                + " left join series g on g.id = s.series_id and g.capacity > 1"
                                + " left join session_facilitator f on f.session_id = s.id"
                                + " left join therapist c on c.id = f.therapist_id"
                                + " left join participant p on p.session_id = s.id and p.seat_number is not null"
                                + " left join patient pa on pa.id = p.patient_id where s.state = 'BOOKED'");
        TimeSlot slot = stretch(absence);
        Long therapist = absence.therapistId();
        if (therapist != null) {
            sql.add(
                    "and (s.therapist_id = ? or s.id in (select session_id from session_facilitator where therapist_id = ?))",
                    therapist,
                    therapist);
        } else {
            sql.add("and s.site_id = ?", absence.siteId());
        }
        Map<Long, Hit> hits = new LinkedHashMap<>();
        sql.add(
                        "and s.starts_at > ? and s.starts_at < ? and s.ends_at > ? and s.starts_at > ?"
                                + " order by s.starts_at, s.id, p.id, c.id",
                        slot.start().minus(Proposals.REACH),
                        slot.end(),
                        slot.start(),
                        clock.instant())
                .list(r -> {
                    Hit hit = hits.get(r.id(1));
                    if (hit == null) {
                        hit = new Hit(
                                r.id(1),
                                r.id(2),
                                r.text(3),
                                r.slot(4, 5),
                                ZoneId.of(r.text(6)),
                                new Named(r.id(7), Therapist.displayName(r.text(8), r.text(9), r.text(10))),
                                r.id(11),
                                r.text(12),
                                r.idOrNull(21),
                                r.textOrNull(13),
                                new ArrayList<>(),
                                new LinkedHashMap<>());
                        hits.put(hit.sessionId(), hit);
                    }
                    Long facilitator = r.idOrNull(14);
                    if (facilitator != null) {
                        Named other = new Named(facilitator, Therapist.displayName(r.text(15), r.text(16), r.text(17)));
                        if (!hit.coFacilitators().contains(other)) {
                            hit.coFacilitators().add(other);
                        }
                    }
                    Long patient = r.idOrNull(18);
                    if (patient != null) {
                        hit.patients().put(patient, r.text(19) + " " + r.text(20));
                    }
                    return true;
                });
        return List.copyOf(hits.values());
    }

    private TimeSlot stretch(Absence absence) {
        TimeSlot slot = absence.slot();
        if (slot != null) {
            return slot;
        }
        ZoneId zone = Sites.zone(em, Objects.requireNonNull(absence.siteId()));
        LocalDate date = Objects.requireNonNull(absence.date());
        return new TimeSlot(
                date.atStartOfDay(zone).toInstant(),
                date.plusDays(1).atStartOfDay(zone).toInstant());
    }

    // --- who could take it over -------------------------------------------------------------------------------------

    /** For each modality every active therapist who may be asked is judged for each session: those that nothing speaks against. */
    private List<Affected> withSubstitutes(Actor actor, Absence absence, List<Hit> hits) {
        Map<Long, List<Named>> substitutes = new HashMap<>();
        if (absence.therapistId() != null && !hits.isEmpty()) {
            List<Named> others = others(absence.therapistId());
            hits.stream().collect(Collectors.groupingBy(Hit::modalityId)).forEach((modality, some) -> {
                List<Occurrence> wanted = new ArrayList<>();
                List<Named> who = new ArrayList<>();
                for (Hit hit : some) {
                    for (Named other : hit.candidates(absence, others)) {
                        wanted.add(hit.ledBy(other.id(), absence));
                        who.add(other);
                    }
                }
                List<Judged> judged = schedule.judgeEach(actor, modality, 1, wanted);
                for (int i = 0; i < judged.size(); i++) {
                    if (judged.get(i).refusals().isEmpty()) {
                        substitutes
                                .computeIfAbsent(
                                        Objects.requireNonNull(wanted.get(i).sessionId()), k -> new ArrayList<>())
                                .add(who.get(i));
                    }
                }
            });
        }
        return hits.stream()
                .map(h -> new Affected(
                        h.sessionId(),
                        h.slot(),
                        h.zone(),
                        h.modality(),
                        h.therapist(),
                        h.room(),
                        h.leads(absence),
                        absence.therapistId() == null ? List.of() : h.there(absence),
                        h.seriesId(),
                        h.title(),
                        List.copyOf(h.patients().values()),
                        List.copyOf(substitutes.getOrDefault(h.sessionId(), List.of()))))
                .toList();
    }

    private List<Named> others(long therapistId) {
        return Sql.on(em)
                .add(
                        "select id, title, given_name, family_name from therapist where active and id <> ?"
                                + " order by family_name, given_name, id",
                        therapistId)
                .list(r -> new Named(r.id(1), Therapist.displayName(r.text(2), r.text(3), r.text(4))));
    }

    /** Sites are the lead's to close; both may book for all. */
    private void requireKeeper(Actor actor, Absence absence) {
        if (absence.therapistId() == null) {
            new Gate(audit).require(actor, "close a site over sessions", Role.LEAD);
        } else {
            new Gate(audit).require(actor, "plan leave over sessions", Role.DESK, Role.LEAD);
        }
    }
}
