package org.evenkeel.therapist;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.shared.CalendarChanged;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Page;
import org.evenkeel.shared.Saving;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;
import org.evenkeel.shared.Versioned;
import org.evenkeel.site.Site;
import org.evenkeel.site.Sites;

/**
 * Therapists, kept by the clinical lead and the administrator; the desk keeps their hours. None is deleted: an inactive one cannot
 * be booked any more.
 */
@ApplicationScoped
public class TherapistRegister {
    private Therapists therapists;
    private TimesOff timesOff;
    private Sites sites;
    private EntityManager entities;
    private Transactions transactions;
    private Gate gate;
    private AuditTrail audit;
    private Event<CalendarChanged> events;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected TherapistRegister() {}

    @Inject
    public TherapistRegister(
            Therapists therapists,
            TimesOff timesOff,
            Sites sites,
            EntityManager entities,
            Transactions transactions,
            Gate gate,
            AuditTrail audit,
            Event<CalendarChanged> events,
            Clock clock) {
        this.therapists = therapists;
        this.timesOff = timesOff;
        this.sites = sites;
        this.entities = entities;
        this.transactions = transactions;
        this.gate = gate;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** @param search part of a name, in any case; "" finds everybody */
    public Page<TherapistRow> list(Actor actor, String search, int first, int limit) {
        requireAnyone(actor);
        return transactions.inNew(() -> new Page<>(therapists.rows(search, first, limit), therapists.count(search)));
    }

    /** Those who may be booked, by family name. */
    public List<TherapistChoice> choices(Actor actor) {
        requireAnyone(actor);
        return transactions.inNew(() -> therapists.choices(true));
    }

    /**
     * Which of those who may be booked may give a modality on a day.
     *
     * @param modality its code
     */
    public Set<Long> qualified(Actor actor, String modality, LocalDate day) {
        requireAnyone(actor);
        return transactions.inNew(() -> therapists.qualified(modality, day));
    }

    /** Everybody who is or was a therapist here, by family name. */
    public List<TherapistChoice> everybody(Actor actor) {
        requireAnyone(actor);
        return transactions.inNew(() -> therapists.choices(false));
    }

    /** @throws NotFound if there is none with this id */
    public Versioned<TherapistDetails> find(Actor actor, long id) {
        requireAnyone(actor);
        return transactions.inNew(() -> {
            Therapist therapist = existing(id);
            return new Versioned<>(id, therapist.version(), therapist.details());
        });
    }

    /** @return the id of the new therapist, who has no working hours yet */
    public long add(Actor actor, TherapistDetails details) {
        gate.require(actor, "create therapists", Role.LEAD, Role.ADMIN);
        details.refuseBetrayal();
        return transactions.inNew(() -> {
            Therapist therapist =
                    new Therapist(details.title(), details.givenName(), details.familyName(), details.gender());
            therapist.describe(details);
            therapists.add(therapist);
            entities.flush();
            record(actor, "CREATED", therapist.id(), "");
            return therapist.id();
        });
    }

    /**
     * @param version the one that the user saw
     * @return how many sessions to come are left without a valid qualification (acceptance case A20); all of them, if the therapist
     *     is inactive now. They stand until somebody decides on them.
     * @throws org.evenkeel.shared.Stale if somebody else changed the therapist or the hours meanwhile
     */
    public int change(Actor actor, long id, long version, TherapistDetails details) {
        gate.require(actor, "change therapists", Role.LEAD, Role.ADMIN);
        details.refuseBetrayal();
        return transactions.inNew(() -> {
            Therapist therapist = unchanged(id, version);
            therapist.describe(details);
            flush();
            record(actor, "CHANGED", id, "");
            events.fire(CalendarChanged.AT_ANY_TIME);
            return details.active() ? lapsed(id) : ahead(id);
        });
    }

    private int lapsed(long id) {
        List<Boolean> ahead = Sql.on(entities)
                .add(
                        "select s.starts_at, si.zone, " + Lapse.LAST_DAY + " from session s"
                                + " join modality m on m.id = s.modality_id join site si on si.id = s.site_id"
                                + " where s.therapist_id = ? and s.state = 'BOOKED' and s.starts_at > ?",
                        id,
                        clock.instant())
                .list(row -> Lapse.isBefore(row.instant(1), ZoneId.of(row.text(2)), row, 3));
        return Collections.frequency(ahead, true);
    }

    private int ahead(long id) {
        return Sql.on(entities)
                .add(
                        "select count(*) from session s where (s.therapist_id = ? or exists (select 1 from session_facilitator f"
                                + " where f.session_id = s.id and f.therapist_id = ?)) and s.state = 'BOOKED' and s.starts_at > ?",
                        id,
                        id,
                        clock.instant())
                .first(row -> row.number(1))
                .orElse(0);
    }

    /**
     * The weekly hours, for the desk, the lead, the administrator, and the therapist whose they are.
     *
     * @throws NotFound if there is none with this id
     */
    public Versioned<TherapistHours> hours(Actor actor, long id) {
        requireSight(actor, id);
        return transactions.inNew(() -> {
            Therapist therapist = existing(id);
            return new Versioned<>(
                    id,
                    therapist.version(),
                    new TherapistHours(therapist.displayName(), List.copyOf(therapist.workingHours())));
        });
    }

    /**
     * Replaces the weekly hours.
     *
     * @throws Invalid if two entries overlap, at one site or at two; the message names both
     * @throws org.evenkeel.shared.Stale if somebody else changed the therapist or the hours meanwhile
     */
    public void changeHours(Actor actor, long id, long version, TherapistHours hours) {
        gate.require(actor, "change working hours", Role.DESK, Role.LEAD, Role.ADMIN);
        transactions.runInNew(() -> {
            Therapist therapist = unchanged(id, version);
            week().check(hours.entries());
            therapist.workAt(hours.entries());
            flush();
            record(actor, "CHANGED", id, "hours");
            events.fire(CalendarChanged.AT_ANY_TIME);
        });
    }

    /** Every active therapist's hours and the time off that is not over, by family name. */
    public List<TherapistWeek> weeks(Actor actor) {
        gate.require(actor, "see availability", Role.DESK, Role.LEAD, Role.ADMIN);
        return transactions.inNew(() -> {
            Map<Long, List<WorkingHours>> hours = therapists.hoursOfActive();
            Map<Long, List<TimeOffRow>> off =
                    timesOff.notOver(clock.instant()).stream().collect(groupingBy(TimeOffRow::therapistId));
            return therapists.choices(true).stream()
                    .map(one -> new TherapistWeek(
                            one.id(),
                            one.name(),
                            new TherapistHours(one.name(), hours.getOrDefault(one.id(), List.of())).entries(),
                            off.getOrDefault(one.id(), List.of())))
                    .toList();
        });
    }

    private WorkingWeek week() {
        List<Site> all = sites.all();
        return new WorkingWeek(
                all.stream().collect(toMap(Site::id, Site::zone)),
                all.stream().collect(toMap(Site::id, Site::name)),
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    private Therapist existing(long id) {
        return therapists.find(id).orElseThrow(() -> new NotFound("therapist", id));
    }

    private Therapist unchanged(long id, long version) {
        Therapist therapist = existing(id);
        Saving.sameVersion("The therapist", version, therapist.version());
        // Hours, languages and qualifications lie in tables of their own: their change is the therapist's.
        entities.lock(therapist, LockModeType.OPTIMISTIC_FORCE_INCREMENT);
        return therapist;
    }

    private void flush() {
        Saving.flush(entities, "The therapist", () -> new Invalid("", "invalid.therapist.twice"));
    }

    private void requireAnyone(Actor actor) {
        gate.require(actor, "see therapists", Role.values());
    }

    private void requireSight(Actor actor, long id) {
        if (!actor.isTherapist(id)) {
            gate.require(actor, "see working hours", Role.DESK, Role.LEAD, Role.ADMIN);
        }
    }

    private void record(Actor actor, String action, long id, String detail) {
        audit.record(
                actor, new AuditTrail.Entry(action, "therapist", "therapist", List.of(id), List.of(), "OK", detail));
    }
}
