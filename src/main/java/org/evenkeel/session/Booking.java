package org.evenkeel.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.audit.Gate;
import org.evenkeel.availability.Availability;
import org.evenkeel.availability.Claim;
import org.evenkeel.availability.Taken;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.Settings;
import org.evenkeel.modality.Modality;
import org.evenkeel.patient.Caseload;
import org.evenkeel.shared.DatabaseErrors;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Stale;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/**
 * Books, moves, changes and cancels sessions, and takes that back. Each is one transaction that the database may refuse; then
 * a second one finds out what is in the way and which ways out there are.
 */
@ApplicationScoped
public class Booking {

    /** Tries after a deadlock, or after another booking took the room that was picked. */
    private static final int TRIES = 5;

    private EntityManager em;
    private Transactions transactions;
    private Availability availability;
    private Ways ways;
    private Caseload caseload;
    private Settings settings;
    private AuditTrail audit;
    private Event<SessionChanged> events;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected Booking() {}

    @Inject
    public Booking(
            EntityManager em,
            Transactions transactions,
            Availability availability,
            Ways ways,
            Caseload caseload,
            Settings settings,
            AuditTrail audit,
            Event<SessionChanged> events,
            Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.availability = availability;
        this.ways = ways;
        this.caseload = caseload;
        this.settings = settings;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Books a session.
     *
     * @throws Invalid if it cannot be meant (an unknown id, a time in the past or off the grid)
     * @throws Refused if a rule speaks against it or something is taken; nothing was saved
     */
    public Change book(Actor actor, BookSession wish) {
        requireOwnOrDesk(actor, "book a session", wish.therapistId());
        Instant now = clock.instant();
        validate(wish, now);
        requireCaseload(actor, wish.patientIds());
        Proposals.Wish asked = new Proposals.Wish(
                null,
                wish.modality(),
                null,
                TimeSlot.of(wish.start(), wish.minutes()),
                wish.therapistId(),
                List.of(),
                wish.roomId(),
                wish.siteId(),
                1,
                wish.patientIds(),
                now);
        return attempt(actor, asked, () -> {
            Judged judged = judge(asked, wish.override());
            Session.Placement placement = judged.proposal().placement();
            Session session = Session.book(placement, 1, now, actor.accountId());
            session.goesAgainst(judged.overridden(), wish.override().reason());
            em.persist(session);
            availability.reserve(session.id(), placement.claims(wish.patientIds()), null);
            new Sessions(em).add(session, wish.patientIds());
            return done(actor, Change.Kind.BOOKED, session, now, judged.told(), null);
        });
    }

    /**
     * Moves or changes a session that has not started.
     *
     * @param expectedVersion as it was read
     * @throws Stale if another desk has changed it since (acceptance case A22)
     */
    public Change change(Actor actor, long sessionId, long expectedVersion, ChangeSession wish) {
        Instant now = clock.instant();
        Proposals.Wish asked = readFirst(actor, () -> wishOf(actor, sessionId, expectedVersion, wish, now));
        return attempt(actor, asked, () -> {
            Session session = locked(actor, sessionId, expectedVersion);
            requireChangeable(session, now);
            Change.Before before = session.asItStands();
            Judged judged = judge(asked, wish.override());
            availability.release(session.id(), session.claims());
            boolean others = !asked.patientIds().equals(patientIds(session));
            if (others) {
                session.unseatAll(asked.patientIds(), now);
                em.flush();
                session.replacePatients(asked.patientIds(), now);
            }
            boolean led = session.change(judged.proposal().placement(), now);
            boolean moved = !before.slot().equals(session.slot())
                    || before.therapistId() != session.therapistId()
                    || before.roomId() != session.roomId();
            if (moved || others || before.modalityId() != session.modalityId()) {
                session.changedByHand();
            }
            session.goesAgainst(judged.overridden(), wish.override().reason());
            availability.reserve(session.id(), session.claims(), null);
            em.flush();
            Still still = new Still(null, led ? before.revision() : null);
            Change.Kind kind = moved ? Change.Kind.MOVED : Change.Kind.CHANGED;
            return done(actor, "booking", kind, session, now, judged.told(), before, still);
        });
    }

    /**
     * Cancels a session that has not started; with less notice than the centre's late-cancellation hours it counts as late.
     *
     * @param reason for the desk, not blank
     */
    public Change cancel(Actor actor, long sessionId, long expectedVersion, String reason) {
        if (reason.isBlank() || reason.length() > 200) {
            throw new Invalid("reason", "invalid.session.cancelReason");
        }
        Instant now = clock.instant();
        return readFirst(actor, () -> {
            Session session = locked(actor, sessionId, expectedVersion);
            requireChangeable(session, now);
            return cancelled(actor, "booking", session, reason.strip(), now);
        });
    }

    /** In the caller's transaction, of a session that is locked and has not started. */
    Change cancelled(Actor actor, String purpose, Session session, String reason, Instant now) {
        Change.Before before = session.asItStands();
        boolean late = now.plus(Duration.ofHours(settings.lateCancellationHours()))
                .isAfter(session.slot().start());
        availability.release(session.id(), session.claims());
        session.cancel(reason, late, now);
        em.flush();
        return done(actor, purpose, Change.Kind.CANCELLED, session, now, List.of(), before, Still.NONE);
    }

    /**
     * Takes a change back, as long as the centre's undo seconds allow.
     *
     * @throws Refused if it is too late, or the time has been taken meanwhile (it says by what)
     * @throws Stale if the session has been changed again
     */
    public Change undo(Actor actor, Change change) {
        Instant now = clock.instant();
        int seconds = settings.undoSeconds();
        if (now.isAfter(change.at().plusSeconds(seconds + 1L))) {
            Refusal tooLate = Refusal.of(Rule.UNDO_TOO_LATE, "", Map.of("seconds", seconds));
            throw refuse(actor, List.of(change.sessionId()), List.of(), List.of(tooLate), Alternatives.NONE);
        }
        Change.Before attendance = change.before();
        if (change.kind() == Change.Kind.ATTENDANCE && attendance != null) {
            return readFirst(actor, () -> {
                Session session = lockedAs(
                        actor, change.sessionId(), change.version(), s -> Attendance.mayCheckIn(actor, s.therapists()));
                session.restoreAttendance(attendance.participants());
                new Sessions(em).changedParticipants(session);
                return done(actor, Change.Kind.UNDONE, session, now, List.of(), null);
            });
        }
        Proposals.Wish asked = readFirst(actor, () -> wishBefore(actor, change, now));
        return attempt(actor, asked, () -> {
            Session session = locked(actor, change.sessionId(), change.version());
            Change.Before before = change.before();
            int undone = session.revision();
            boolean led = false;
            if (session.isLive()) {
                availability.release(session.id(), session.claims());
            }
            if (before == null) {
                session.cancel(Session.UNDONE, false, now);
            } else {
                session.unseatAll(asked.patientIds(), now);
                em.flush();
                led = restore(session, change.kind(), before, asked, now);
            }
            em.flush();
            Still still = new Still(before == null ? null : before.revision(), led ? undone : null);
            return done(actor, "booking", Change.Kind.UNDONE, session, now, List.of(), null, still);
        });
    }

    /**
     * What has come since is judged, leave and closures among it, under the lock that they take too.
     *
     * @return whether nothing has changed by it but who leads the session
     */
    private boolean restore(Session session, Change.Kind kind, Change.Before before, Proposals.Wish wish, Instant now) {
        Judged judged = judge(new Proposals(em).read(wish), ALL_SOFT);
        boolean led = false;
        switch (kind) {
            case CANCELLED -> session.reinstate(before, now);
            case MOVED, CHANGED -> {
                led = session.change(judged.proposal().placement(), now);
                session.restore(before, now);
            }
            default -> throw new IllegalArgumentException("Not undoable: " + kind);
        }
        availability.reserve(session.id(), session.claims(), null);
        return led;
    }

    /** What stood before had its reasons when it was booked. */
    private static final RuleOverride ALL_SOFT = new RuleOverride(
            Set.of(Rule.values()).stream()
                    .filter(r -> r.severity() == Rule.Severity.SOFT)
                    .collect(Collectors.toSet()),
            "undo");

    // --- wishes -----------------------------------------------------------------------------------------------------

    private Proposals.Wish wishOf(Actor actor, long sessionId, long expectedVersion, ChangeSession wish, Instant now) {
        Session session = locked(actor, sessionId, expectedVersion);
        requireChangeable(session, now);
        long therapist = or(wish.therapistId(), session.therapistId());
        requireOwnOrDesk(actor, "move a session", therapist);
        if (session.coFacilitators().contains(therapist)) {
            throw new Invalid("therapist", "invalid.session.facilitatesAlready");
        }
        Instant start = or(wish.start(), session.slot().start());
        int minutes = or(wish.minutes(), session.slot().minutes());
        List<Long> patients = or(wish.patientIds(), patientIds(session));
        validateTime(start, minutes, now);
        if (wish.patientIds() != null) {
            if (session.isGroup()) {
                throw new Invalid("patients", "invalid.session.seatBySeat");
            }
            validatePatients(patients);
            requireCaseload(actor, patients);
        }
        return new Proposals.Wish(
                sessionId,
                wish.modality(),
                wish.modality() == null ? session.modalityId() : null,
                TimeSlot.of(start, minutes),
                therapist,
                session.coFacilitators(),
                or(wish.roomId(), session.roomId()),
                null,
                session.capacity(),
                patients,
                now);
    }

    private Proposals.Wish wishBefore(Actor actor, Change change, Instant now) {
        Session session = locked(actor, change.sessionId(), change.version());
        Change.Before before = change.before();
        return new Proposals.Wish(
                change.sessionId(),
                null,
                before == null ? session.modalityId() : before.modalityId(),
                before == null ? session.slot() : before.slot(),
                before == null ? session.therapistId() : before.therapistId(),
                session.coFacilitators(),
                before == null ? session.roomId() : before.roomId(),
                null,
                session.capacity(),
                before == null
                        ? patientIds(session)
                        : before.participants().stream()
                                .filter(p -> p.state().isLive())
                                .map(Change.ParticipantBefore::patientId)
                                .toList(),
                now);
    }

    private static <T> T or(@Nullable T wished, T standing) {
        return wished == null ? standing : wished;
    }

    private static List<Long> patientIds(Session session) {
        return session.liveParticipants().stream().map(Participant::patientId).toList();
    }

    // --- checks -----------------------------------------------------------------------------------------------------

    private static void validate(BookSession wish, Instant now) {
        validateTime(wish.start(), wish.minutes(), now);
        validatePatients(wish.patientIds());
    }

    private static void validateTime(Instant start, int minutes, Instant now) {
        if (minutes < 5 || minutes > Session.MAX_MINUTES || minutes % 5 != 0) {
            throw new Invalid("minutes", "invalid.session.minutesRange", Session.MAX_MINUTES);
        }
        validateStart("start", start, now);
    }

    /** @param field the name of the input that it was typed in */
    static void validateStart(String field, Instant start, Instant now) {
        if (!Claim.isOnGrid(start)) {
            throw new Invalid(field, "invalid.session.offGrid");
        }
        if (start.isBefore(now)) {
            throw new Invalid(field, "invalid.session.past");
        }
        if (start.isAfter(now.plus(TimeSlot.FURTHEST_AHEAD))) {
            throw new Invalid(field, "invalid.session.tooFarAhead");
        }
    }

    private static void validatePatients(List<Long> patients) {
        if (patients.size() != 1) {
            throw new Invalid("patients", "invalid.session.onePatient");
        }
    }

    /** Whether the actor may move, change or cancel a session: the desk, the lead, and the therapist who leads it. */
    public static boolean mayChange(Actor actor, SessionView session) {
        return mayChange(actor, session.therapist().id());
    }

    private static boolean mayChange(Actor actor, long therapistId) {
        return actor.hasAny(Role.DESK, Role.LEAD) || actor.isTherapist(therapistId);
    }

    private void requireOwnOrDesk(Actor actor, String action, long therapistId) {
        if (!mayChange(actor, therapistId)) {
            throw new Gate(audit).refusal(actor, action, "session", List.of());
        }
    }

    private void requireCaseload(Actor actor, List<Long> patients) {
        if (actor.hasAny(Role.DESK, Role.LEAD)) {
            return;
        }
        Long therapist = actor.therapistId();
        boolean own = therapist != null && transactions.inNew(() -> caseload.includesAll(therapist, patients));
        if (!own) {
            throw new Gate(audit).refusal(actor, "book outside the own caseload", "patient", patients);
        }
    }

    private Session locked(Actor actor, long id, long expectedVersion) {
        return lockedAs(actor, id, expectedVersion, s -> mayChange(actor, s.therapistId()));
    }

    private Session lockedAs(Actor actor, long id, long expectedVersion, Predicate<Session> may) {
        Session session = new Sessions(em).locked(id).orElseThrow(() -> new NotFound("session", id));
        if (!may.test(session)) {
            throw new Gate(audit).refusal(actor, "change a session", "session", List.of());
        }
        if (session.version() != expectedVersion) {
            throw new Stale("Session " + id, session.version());
        }
        return session;
    }

    private static void requireChangeable(Session session, Instant now) {
        String why = null;
        if (!session.isLive()) {
            why = "cancelled";
        } else if (!session.slot().start().isAfter(now)) {
            why = session.slot().end().isAfter(now) ? "started" : "over";
        } else if (session.liveParticipants().stream().anyMatch(p -> p.state().isMarked())) {
            why = "attended";
        }
        if (why != null) {
            throw new Judgement(List.of(Refusal.of(Rule.NOT_CHANGEABLE, "", Map.of("why", why))));
        }
    }

    // --- judging ----------------------------------------------------------------------------------------------------

    private record Judged(Proposal proposal, List<Refusal> told, List<Refusal> overridden) {}

    /** Refusals found within a transaction, which must be rolled back before the ways out are looked for. */
    private static final class Judgement extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient List<Refusal> refusals;

        Judgement(List<Refusal> refusals) {
            super("Refused", null, false, false);
            this.refusals = refusals;
        }
    }

    private Judged judge(Proposals.Wish wish, RuleOverride override) {
        Proposal proposal = new Proposals(em).read(wish);
        Proposal.ModalityFacts modality = proposal.modality();
        modality.requireOffered(wish.capacity());
        if (wish.capacity() > 1 && wish.modalityCode() != null && modality.format() == Modality.Format.INDIVIDUAL) {
            throw new Invalid("modality", "invalid.series.individualTherapy", modality.name());
        }
        return judge(proposal, override);
    }

    private Judged judge(Proposal proposal, RuleOverride override) {
        List<Refusal> refusals = new ArrayList<>();
        List<Refusal> told = new ArrayList<>();
        List<Refusal> overridden = new ArrayList<>();
        for (Refusal refusal : new BookingPolicies(settings.sessionsInARow()).judge(proposal)) {
            switch (refusal.rule().severity()) {
                case TOLD -> told.add(refusal);
                case SOFT -> (override.covers(refusal.rule()) ? overridden : refusals).add(refusal);
                default -> refusals.add(refusal);
            }
        }
        if (proposal.nearby().stream().anyMatch(other -> other.overlaps(proposal.slot()))) {
            throw new Taken(new IllegalStateException("The therapist's other session"));
        }
        if (!refusals.isEmpty()) {
            throw new Judgement(refusals);
        }
        return new Judged(proposal, told, overridden);
    }

    /** Work in a transaction that needs no ways out when it is refused. */
    private <T> T readFirst(Actor actor, Supplier<T> work) {
        try {
            return retrying(() -> transactions.inNew(work));
        } catch (Judgement judgement) {
            throw refuse(actor, List.of(), List.of(), judgement.refusals, Alternatives.NONE);
        }
    }

    private Change attempt(Actor actor, Proposals.Wish wish, Supplier<Change> work) {
        List<Claim> held = List.of();
        for (int left = TRIES; ; left--) {
            try {
                return retryingWithout(actor, held, work);
            } catch (Judgement judgement) {
                throw refuse(actor, wish, withTaken(actor, wish, judgement.refusals));
            } catch (Proposals.NoRoom none) {
                Ways.Blocked blocked = ways.whatBlocks(actor, wish);
                if (!blocked.cleared() || left == 1) {
                    throw refuse(actor, wish, ways.withoutRoom(actor, wish, blocked));
                }
                held = blocked.wanted();
            } catch (Taken taken) {
                Ways.Blocked blocked = ways.whatBlocks(actor, wish);
                boolean again = blocked.cleared() || (wish.roomId() == null && blocked.onlyRoom());
                if (!again || left == 1) {
                    throw refuse(actor, wish, blocked.refusals());
                }
                held = blocked.wanted();
            }
        }
    }

    /** What the actor holds of these claims makes way for the work, and is held on where that is refused. */
    private Change retryingWithout(Actor actor, List<Claim> held, Supplier<Change> work) {
        return retrying(() -> transactions.inNew(() -> {
            if (!held.isEmpty()) {
                Holds.releaseOf(em, availability, actor.accountId(), held);
            }
            return work.get();
        }));
    }

    /** Nobody is asked for a reason that would not help: what is taken as well is told at once, and first. */
    private List<Refusal> withTaken(Actor actor, Proposals.Wish wish, List<Refusal> refusals) {
        boolean reasonAsked = refusals.stream().allMatch(r -> r.rule().severity() == Rule.Severity.SOFT);
        return reasonAsked
                ? Stream.concat(ways.taken(actor, wish).stream(), refusals.stream())
                        .toList()
                : refusals;
    }

    /** Tries again after a deadlock or a lost race for a row; after that the caller's view is stale. */
    private static <T> T retrying(Supplier<T> work) {
        for (int left = TRIES; ; left--) {
            try {
                return work.get();
            } catch (RuntimeException e) {
                if (DatabaseErrors.isDuplicateKey(e) && !(e instanceof Taken)) {
                    throw new Taken(e);
                }
                if (!DatabaseErrors.isTransient(e)) {
                    throw e;
                }
                if (left == 1) {
                    throw new Taken(e);
                }
            }
        }
    }

    private Refused refuse(Actor actor, Proposals.Wish wish, List<Refusal> refusals) {
        List<Long> session = Stream.ofNullable(wish.self()).toList();
        return refuse(actor, session, wish.patientIds(), refusals, ways.out(actor, wish));
    }

    private Refused refuse(
            Actor actor, List<Long> session, List<Long> patients, List<Refusal> refusals, Alternatives alternatives) {
        Refused refused = new Refused(refusals, alternatives);
        audit.recordApart(
                actor, new Entry("REFUSED", "booking", "session", session, patients, "REFUSED", refused.ruleNames()));
        return refused;
    }

    private Change done(
            Actor actor,
            Change.Kind kind,
            Session session,
            Instant now,
            List<Refusal> told,
            Change.@Nullable Before before) {
        return done(actor, "booking", kind, session, now, told, before, Still.NONE);
    }

    /** Revisions that stand after a change, as {@link SessionChanged} has them. */
    private record Still(@Nullable Integer restored, @Nullable Integer handedOver) {
        static final Still NONE = new Still(null, null);
    }

    private Change done(
            Actor actor,
            String purpose,
            Change.Kind kind,
            Session session,
            Instant now,
            List<Refusal> told,
            Change.@Nullable Before before,
            Still still) {
        Set<Long> patients = new LinkedHashSet<>();
        session.participants().forEach(p -> patients.add(p.patientId()));
        audit.record(
                actor,
                new Entry(
                        kind.name(), purpose, "session", List.of(session.id()), patients, "OK", detail(kind, session)));
        List<TimeSlot> slots = before == null || before.slot().equals(session.slot())
                ? List.of(session.slot())
                : List.of(before.slot(), session.slot());
        events.fire(new SessionChanged(
                kind,
                session.id(),
                session.revision(),
                now,
                slots,
                Set.of(session.siteId()),
                told,
                still.restored(),
                still.handedOver()));
        return new Change(kind, session.id(), session.version(), now, told, before);
    }

    /** The rules that this change goes against: not those that one before it did. */
    private static String detail(Change.Kind kind, Session session) {
        return switch (kind) {
            case BOOKED, MOVED, CHANGED ->
                session.overriddenRules().map(rules -> "overridden " + rules).orElse("");
            default -> "";
        };
    }
}
