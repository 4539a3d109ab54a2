package org.evenkeel.series;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.availability.Claim;
import org.evenkeel.identity.Actor;
import org.evenkeel.modality.Modality;
import org.evenkeel.series.SeriesPlan.PlannedDate;
import org.evenkeel.series.SeriesWish.Decision;
import org.evenkeel.session.LostRaces;
import org.evenkeel.session.Occurrence;
import org.evenkeel.session.Refusal;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.Schedule;
import org.evenkeel.session.Schedule.Judged;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/** Sets up series: shows every date with what speaks against it, and then saves them all at once, or none. */
@ApplicationScoped
public class SeriesPlanning {

    private EntityManager em;
    private Transactions transactions;
    private Schedule schedule;
    private SeriesRights rights;
    private AuditTrail audit;
    private Event<SeriesChanged> events;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected SeriesPlanning() {}

    @Inject
    public SeriesPlanning(
            EntityManager em,
            Transactions transactions,
            Schedule schedule,
            SeriesRights rights,
            AuditTrail audit,
            Event<SeriesChanged> events,
            Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.schedule = schedule;
        this.rights = rights;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Every date as it would be saved, with conflicts, closures, leave, lapsed qualifications and clock changes; nothing is saved.
     *
     * @throws Invalid if it cannot be meant
     * @throws NotAllowed unless the actor may book for these patients, and for all who are to lead a date
     */
    public SeriesPlan preview(Actor actor, SeriesWish wish) {
        require(actor, wish);
        return transactions.inNew(() -> draft(actor, wish).plan());
    }

    /**
     * Saves the series with all its sessions and enrolments in one transaction.
     *
     * @return its id
     * @throws Invalid if it cannot be meant
     * @throws NotAllowed unless the actor may book for these patients, and for all who are to lead a date
     * @throws Unresolved if something speaks against a date; nothing was saved
     * @throws Refused if someone is booking one of these times just now
     */
    public long create(Actor actor, SeriesWish wish) {
        require(actor, wish);
        try {
            return LostRaces.retried(transactions, () -> save(actor, wish), Rule.BEING_BOOKED);
        } catch (Unresolved unresolved) {
            audit.recordApart(
                    actor,
                    new Entry("REFUSED", "series", "series", List.of(), List.of(), "REFUSED", rules(unresolved)));
            throw unresolved;
        }
    }

    /** Nobody books a colleague's time, not for a single date either. */
    private void require(Actor actor, SeriesWish wish) {
        rights.requireBook(actor, "set up a series", wish.therapistId(), wish.patientIds());
        for (Decision decision : wish.decisions().values()) {
            if (decision.therapistId() != null) {
                rights.requireLead(actor, "give a date away", decision.therapistId());
            }
        }
    }

    private static String rules(Unresolved unresolved) {
        return String.join(
                " ",
                unresolved.plan().conflicts().stream()
                        .flatMap(d -> d.refusals().stream())
                        .map(r -> r.rule().name())
                        .distinct()
                        .toList());
    }

    private long save(Actor actor, SeriesWish wish) {
        Draft draft = draft(actor, wish);
        SeriesPlan plan = draft.plan();
        boolean stands = plan.dates().stream()
                .flatMap(d -> d.refusals().stream())
                .allMatch(r -> wish.override().covers(r.rule()));
        if (!stands) {
            throw new Unresolved(plan);
        }
        if (plan.held() == 0) {
            throw new Invalid("rule", "invalid.series.noDateLeft");
        }
        Instant now = clock.instant();
        Series series = Series.start(wish, draft.modalityId(), draft.siteId(), now, actor.accountId());
        em.persist(series);
        em.flush();
        Map<Long, Long> enrolments = new HashMap<>();
        LocalDate from =
                LocalDate.ofInstant(draft.judged().get(0).occurrence().slot().start(), plan.zone());
        for (Long patient : wish.patientIds()) {
            Enrolment enrolment = new Enrolment(series.id(), patient, from, now, actor.accountId());
            em.persist(enrolment);
            enrolments.put(patient, enrolment.id());
        }
        em.flush();
        List<Long> sessions = schedule.book(
                actor,
                new Schedule.Common(series.id(), draft.modalityId(), wish.capacity(), enrolments, wish.override()),
                draft.judged());
        audit.record(
                actor,
                new Entry(
                        "BOOKED",
                        "series",
                        "series",
                        List.of(series.id()),
                        wish.patientIds(),
                        "OK",
                        sessions.size() + " sessions"));
        events.fire(new SeriesChanged(series.id(), now));
        return series.id();
    }

    // --- drafting ---------------------------------------------------------------------------------------------------

    /** @param judged those that take place, in the order of their starts */
    private record Draft(SeriesPlan plan, long modalityId, long siteId, List<Judged> judged) {}

    private record Setting(
            long modalityId, Modality.Format format, boolean active, String modality, long siteId, ZoneId zone) {}

    private Draft draft(Actor actor, SeriesWish wish) {
        Setting setting = setting(wish);
        validate(wish, setting);
        List<LocalDateTime> dates = dates(wish);
        List<Occurrence> occurrences = new ArrayList<>();
        for (LocalDateTime date : dates) {
            Occurrence occurrence = occurrence(wish, date, setting.zone());
            if (occurrence != null) {
                occurrences.add(occurrence);
            }
        }
        requireFuture(occurrences);
        List<Judged> judged = schedule.judge(actor, setting.modalityId(), wish.capacity(), occurrences);
        return new Draft(plan(wish, setting, dates, judged), setting.modalityId(), setting.siteId(), judged);
    }

    private SeriesPlan plan(SeriesWish wish, Setting setting, List<LocalDateTime> dates, List<Judged> judged) {
        Map<LocalDateTime, Judged> byDate = new HashMap<>();
        judged.forEach(j -> byDate.put(Objects.requireNonNull(j.occurrence().wallTime()), j));
        List<PlannedDate> planned = new ArrayList<>();
        ZoneOffset before = null;
        for (LocalDateTime date : dates) {
            Judged one = byDate.get(date);
            Decision decision = wish.decisions().get(date);
            ZoneOffset offset = setting.zone().getRules().getOffset(date);
            boolean change = before != null && !before.equals(offset);
            before = offset;
            if (one == null) {
                boolean skipped = decision != null && decision.skip();
                planned.add(new PlannedDate(
                        date,
                        skipped,
                        null,
                        wish.therapistId(),
                        wish.roomId(),
                        skipped ? List.of() : List.of(noSuchTime(date)),
                        List.of(),
                        change));
            } else {
                Occurrence o = one.occurrence();
                planned.add(new PlannedDate(
                        date, false, o.slot(), o.therapistId(), o.roomId(), one.refusals(), one.told(), change));
            }
        }
        return new SeriesPlan(setting.zone(), planned, gaps(wish, dates));
    }

    private static List<Recurrence.Gap> gaps(SeriesWish wish, List<LocalDateTime> dates) {
        LocalDateTime last = dates.isEmpty() ? wish.first() : dates.get(dates.size() - 1);
        return wish.recurrence().gaps(wish.first(), last);
    }

    private static Refusal noSuchTime(LocalDateTime date) {
        return Refusal.of(
                Rule.NO_SUCH_TIME, "", Map.of("time", date.toLocalTime().toString(), "date", date.toLocalDate()));
    }

    /** The dates of the rule; where so many are to be held, as many more as are skipped. */
    private static List<LocalDateTime> dates(SeriesWish wish) {
        Recurrence recurrence = wish.recurrence();
        if (wish.counts() == Series.Counting.DATES || recurrence.count().isEmpty()) {
            return recurrence.dates(wish.first());
        }
        int wanted = recurrence.count().getAsInt();
        List<LocalDateTime> dates = new ArrayList<>();
        Iterator<LocalDateTime> all = recurrence.from(wish.first());
        int held = 0;
        while (held < wanted && all.hasNext() && dates.size() < Recurrence.MAX_DATES) {
            LocalDateTime date = all.next();
            Decision decision = wish.decisions().get(date);
            dates.add(date);
            held += decision != null && decision.skip() ? 0 : 1;
        }
        return dates;
    }

    /** Null where the date is skipped, by decision or by the clocks. */
    private static @Nullable Occurrence occurrence(SeriesWish wish, LocalDateTime date, ZoneId zone) {
        Decision decision = wish.decisions().getOrDefault(date, Decision.NONE);
        if (decision.skip()) {
            return null;
        }
        LocalDateTime wallTime = decision.movedTo() == null ? date : decision.movedTo();
        ZonedDateTime start = Recurrence.at(wallTime, zone).orElse(null);
        if (start == null) {
            return null;
        }
        return new Occurrence(
                null,
                date,
                TimeSlot.of(start.toInstant(), wish.minutes()),
                decision.therapistId() == null ? wish.therapistId() : decision.therapistId(),
                coFacilitators(wish, decision),
                decision.roomId() == null ? wish.roomId() : decision.roomId(),
                wish.patientIds());
    }

    private static List<Long> coFacilitators(SeriesWish wish, Decision decision) {
        List<Long> chosen = decision.coFacilitators();
        return chosen == null ? wish.coFacilitators() : chosen;
    }

    private Setting setting(SeriesWish wish) {
        List<Setting> found = Sql.on(em)
                .add(
                        "select m.id, m.format, m.active, m.name, s.id, s.zone from modality m, room r join site s on s.id = r.site_id"
                                + " where m.code = ? and r.id = ?",
                        wish.modality(),
                        wish.roomId())
                .list(r -> new Setting(
                        r.id(1),
                        r.constant(2, Modality.Format.class),
                        r.flag(3),
                        r.text(4),
                        r.id(5),
                        ZoneId.of(r.text(6))));
        if (!found.isEmpty()) {
            return found.get(0);
        }
        boolean known = Sql.on(em)
                .add("select 1 from modality where code = ?", wish.modality())
                .exists();
        throw known
                ? new Invalid("room", "invalid.session.noRoom", wish.roomId())
                : new Invalid("modality", "invalid.session.noModality", wish.modality());
    }

    private static void validate(SeriesWish wish, Setting setting) {
        if (!setting.active()) {
            throw new Invalid("modality", "invalid.session.notOffered", setting.modality());
        }
        SeriesTerms terms = SeriesTerms.of(wish);
        terms.validateSeats(setting.modality(), setting.format());
        terms.validate();
        terms.validateMinimum();
        if (wish.capacity() == 1 && wish.patientIds().size() != 1) {
            throw new Invalid("patients", "invalid.series.onePatient");
        }
        if (wish.patientIds().size() > wish.capacity()) {
            throw new Invalid(
                    "patients",
                    "invalid.series.tooManyPatients",
                    wish.patientIds().size(),
                    wish.capacity());
        }
        if (wish.patientIds().stream().distinct().count() < wish.patientIds().size()) {
            throw new Invalid("patients", "invalid.series.patientTwice");
        }
        if (wish.cutoffHours() < 0 || wish.cutoffHours() > 336) {
            throw new Invalid("cutoffHours", "invalid.series.cutoffRange");
        }
    }

    private void requireFuture(List<Occurrence> occurrences) {
        Instant now = clock.instant();
        Instant furthest = now.plus(TimeSlot.FURTHEST_AHEAD);
        for (Occurrence o : occurrences) {
            if (!Claim.isOnGrid(o.slot().start())) {
                throw new Invalid("first", "invalid.session.offGrid");
            }
            if (o.slot().start().isBefore(now)) {
                throw new Invalid("first", "invalid.series.firstPast");
            }
            if (o.slot().start().isAfter(furthest)) {
                throw new Invalid("rule", "invalid.series.lastTooFar");
            }
        }
    }
}
