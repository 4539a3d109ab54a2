package org.evenkeel.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.audit.Gate;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.shared.DatabaseErrors;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Stale;
import org.evenkeel.shared.Transactions;
import org.evenkeel.site.Sites;
import org.jspecify.annotations.Nullable;

/**
 * Who came, and for how long. The desk tells of arrivals; the therapists of the session, who lead or facilitate it, and the
 * clinical lead tell of attendance too. What was marked can be corrected, which is on record, and taken back by {@link Booking#undo}.
 */
@ApplicationScoped
public class Attendance {

    private static final int TRIES = 3;

    private enum What {
        CHECKIN,
        ATTENDANCE,
        CLEAR
    }

    private EntityManager em;
    private Transactions transactions;
    private AuditTrail audit;
    private Event<SessionChanged> events;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected Attendance() {}

    @Inject
    public Attendance(
            EntityManager em, Transactions transactions, AuditTrail audit, Event<SessionChanged> events, Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** Whether the actor may check patients in. */
    public static boolean mayCheckIn(Actor actor, SessionView session) {
        return mayCheckIn(actor, ids(session));
    }

    /** Whether the actor may mark attendance. */
    public static boolean mayMark(Actor actor, SessionView session) {
        return mayMark(actor, ids(session));
    }

    private static List<Long> ids(SessionView session) {
        return session.therapists().stream().map(SessionView.Named::id).toList();
    }

    /** @param therapists of the session */
    static boolean mayCheckIn(Actor actor, List<Long> therapists) {
        return actor.has(Role.DESK) || mayMark(actor, therapists);
    }

    /** @param therapists of the session */
    static boolean mayMark(Actor actor, List<Long> therapists) {
        return actor.has(Role.LEAD) || therapists.stream().anyMatch(actor::isTherapist);
    }

    /**
     * The patient has arrived; from midnight of the day on, on the wall of the site.
     *
     * @param expectedVersion of the session, as it was read
     * @throws Refused if the day has not come, the session was cancelled, or attendance is marked and not the actor's to correct
     * @throws Stale if the session has been changed since
     */
    public Change arrive(Actor actor, long sessionId, long expectedVersion, long participantId) {
        return change(actor, sessionId, expectedVersion, participantId, What.CHECKIN, (session, who) -> {
            if (who.state().isMarked() && !mayMark(actor, session.therapists())) {
                throw new Refused(Refusal.of(Rule.NOT_CHANGEABLE, "", Map.of("why", "attended")));
            }
            who.arrive(clock.instant());
        });
    }

    /**
     * The patient took part.
     *
     * @param lateMinutes how late they came; 0: in time
     * @param minutes for how long; null: until the end
     * @throws Invalid if the minutes do not fit into the session
     * @throws Refused before the start (acceptance case A30), or if the session was cancelled
     * @throws Stale if the session has been changed since
     */
    public Change attend(
            Actor actor,
            long sessionId,
            long expectedVersion,
            long participantId,
            int lateMinutes,
            @Nullable Integer minutes) {
        return change(
                actor,
                sessionId,
                expectedVersion,
                participantId,
                What.ATTENDANCE,
                (session, who) -> came(session, who, lateMinutes, minutes));
    }

    private static void came(Session session, Participant who, int lateMinutes, @Nullable Integer minutes) {
        int length = session.slot().minutes();
        if (lateMinutes < 0 || lateMinutes >= length) {
            throw new Invalid("late", "invalid.session.lateRange", length, length - 1);
        }
        int rest = length - lateMinutes;
        int attended = minutes == null ? rest : minutes;
        if (attended < 1 || attended > rest) {
            throw new Invalid("minutes", "invalid.session.minutesLeft", rest);
        }
        who.attend(lateMinutes, attended);
    }

    /** How somebody came. */
    public enum Came {
        PRESENT,
        NO_SHOW,
        EXCUSED
    }

    /**
     * One who did not come as the others did.
     *
     * @param lateMinutes of one who was present; 0: in time
     * @param minutes how long they were present; null: until the end
     */
    public record Exceptional(long participantId, Came came, int lateMinutes, @Nullable Integer minutes) {}

    /**
     * Everyone took part, in time and until the end, of whom nothing is marked yet: those who came differently are told before or
     * after.
     *
     * @throws Refused before the start (acceptance case A30), or if the session was cancelled
     * @throws Stale if the session has been changed since
     */
    public Change attendAll(Actor actor, long sessionId, long expectedVersion) {
        return attendAll(actor, sessionId, expectedVersion, List.of());
    }

    /**
     * The same, with those who came differently, whether marked before or not, as one change.
     *
     * @throws Invalid if the minutes of one do not fit into the session, or one is named twice
     * @throws NotFound if one does not take part
     * @throws Refused before the start (acceptance case A30), or if the session was cancelled
     * @throws Stale if the session has been changed since
     */
    public Change attendAll(Actor actor, long sessionId, long expectedVersion, List<Exceptional> exceptions) {
        if (exceptions.stream().map(Exceptional::participantId).distinct().count() < exceptions.size()) {
            throw new Invalid("participant", "invalid.session.participantTwice");
        }
        return change(actor, sessionId, expectedVersion, What.ATTENDANCE, session -> {
            List<String> told = new ArrayList<>();
            List<Long> patients = new ArrayList<>();
            for (Exceptional one : exceptions) {
                Participant who = expected(session, one.participantId());
                told.add(mark(who, () -> mark(session, who, one)));
                patients.add(who.patientId());
            }
            List<Participant> unmarked = session.liveParticipants().stream()
                    .filter(p -> !p.state().isMarked())
                    .toList();
            unmarked.forEach(who -> who.attend(0, session.slot().minutes()));
            told.add(0, "all present: " + unmarked.size());
            unmarked.forEach(who -> patients.add(who.patientId()));
            return new Marked(patients, String.join(", ", told));
        });
    }

    private static void mark(Session session, Participant who, Exceptional how) {
        switch (how.came()) {
            case PRESENT -> came(session, who, how.lateMinutes(), how.minutes());
            case NO_SHOW -> who.missed(false);
            case EXCUSED -> who.missed(true);
        }
    }

    /**
     * The patient did not come.
     *
     * @throws Refused before the start (acceptance case A30), or if the session was cancelled
     * @throws Stale if the session has been changed since
     */
    public Change miss(Actor actor, long sessionId, long expectedVersion, long participantId) {
        return change(
                actor, sessionId, expectedVersion, participantId, What.ATTENDANCE, (session, who) -> who.missed(false));
    }

    /** The patient did not come, for a reason that is not held against them. */
    public Change excuse(Actor actor, long sessionId, long expectedVersion, long participantId) {
        return change(
                actor, sessionId, expectedVersion, participantId, What.ATTENDANCE, (session, who) -> who.missed(true));
    }

    /**
     * Neither arrival nor attendance is known after all.
     *
     * @throws Refused if the session was cancelled, or attendance is marked and not the actor's to correct
     * @throws Stale if the session has been changed since
     */
    public Change clear(Actor actor, long sessionId, long expectedVersion, long participantId) {
        return change(actor, sessionId, expectedVersion, participantId, What.CLEAR, (session, who) -> {
            if (who.state().isMarked() && !mayMark(actor, session.therapists())) {
                throw new Refused(Refusal.of(Rule.NOT_CHANGEABLE, "", Map.of("why", "attended")));
            }
            who.expectAgain();
        });
    }

    private Change change(
            Actor actor,
            long sessionId,
            long expectedVersion,
            long participantId,
            What what,
            BiConsumer<Session, Participant> mark) {
        return change(actor, sessionId, expectedVersion, what, session -> {
            Participant who = expected(session, participantId);
            return new Marked(List.of(who.patientId()), mark(who, () -> mark.accept(session, who)));
        });
    }

    /** One who has a seat. */
    private static Participant expected(Session session, long participantId) {
        Participant who = session.participant(participantId);
        if (!who.state().isLive()) {
            throw new NotFound("participant", participantId);
        }
        return who;
    }

    /** Marks one, and tells from what to what. */
    private static String mark(Participant who, Runnable marking) {
        ParticipantState was = who.state();
        marking.run();
        return (was.isMarked() ? "corrected " : "") + was + " -> " + who.state();
    }

    /** Whom something was told about, and what, without names. */
    private record Marked(List<Long> patientIds, String detail) {}

    private Change change(
            Actor actor, long sessionId, long expectedVersion, What what, Function<Session, Marked> work) {
        new Gate(audit).require(actor, "mark attendance", Role.DESK, Role.LEAD, Role.THERAPIST);
        for (int left = TRIES; ; left--) {
            try {
                return transactions.inNew(() -> changeOnce(actor, sessionId, expectedVersion, what, work));
            } catch (Refused refused) {
                audit.recordApart(actor, refusal(sessionId, refused));
                throw refused;
            } catch (RuntimeException e) {
                if (!DatabaseErrors.isTransient(e) || left == 1) {
                    throw e;
                }
            }
        }
    }

    private Change changeOnce(
            Actor actor, long sessionId, long expectedVersion, What what, Function<Session, Marked> work) {
        Sessions sessions = new Sessions(em);
        Session session = sessions.locked(sessionId).orElseThrow(() -> new NotFound("session", sessionId));
        requireMay(actor, session, what);
        if (session.version() != expectedVersion) {
            throw new Stale("Session " + sessionId, session.version());
        }
        Instant now = clock.instant();
        requireTime(session, what, now);
        Change.Before before = session.asItStands();
        Marked marked = work.apply(session);
        sessions.changedParticipants(session);
        audit.record(
                actor,
                new Entry(
                        Change.Kind.ATTENDANCE.name(),
                        "attendance",
                        "session",
                        List.of(sessionId),
                        marked.patientIds(),
                        "OK",
                        marked.detail()));
        events.fire(new SessionChanged(
                Change.Kind.ATTENDANCE,
                sessionId,
                session.revision(),
                now,
                List.of(session.slot()),
                Set.of(session.siteId())));
        return new Change(Change.Kind.ATTENDANCE, sessionId, session.version(), now, List.of(), before);
    }

    private void requireMay(Actor actor, Session session, What what) {
        boolean may = what == What.ATTENDANCE
                ? mayMark(actor, session.therapists())
                : mayCheckIn(actor, session.therapists());
        if (!may) {
            throw new Gate(audit).refusal(actor, "mark attendance", "session", List.of(session.id()));
        }
    }

    private void requireTime(Session session, What what, Instant now) {
        if (!session.isLive()) {
            throw new Refused(Refusal.of(Rule.NOT_CHANGEABLE, "", Map.of("why", "cancelled")));
        }
        ZoneId zone = Sites.zone(em, session.siteId());
        Instant start = session.slot().start();
        Instant from = what == What.ATTENDANCE
                ? start
                : LocalDate.ofInstant(start, zone).atStartOfDay(zone).toInstant();
        if (now.isBefore(from) && what != What.CLEAR) {
            throw new Refused(Refusal.of(
                    Rule.TOO_EARLY,
                    "",
                    Map.of("what", what.name().toLowerCase(Locale.ROOT), "from", from, "zone", zone)));
        }
    }

    private static Entry refusal(long sessionId, Refused refused) {
        return new Entry(
                "REFUSED",
                "attendance",
                "session",
                List.of(sessionId),
                List.of(),
                "REFUSED",
                refused.refusals().get(0).rule().name());
    }
}
