package org.evenkeel.benchmark;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.evenkeel.audit.AuditRecorder;
import org.evenkeel.audit.Gate;
import org.evenkeel.board.DayBoard;
import org.evenkeel.board.DayBoards;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.Settings;
import org.evenkeel.patient.ContactVault;
import org.evenkeel.patient.Contacts;
import org.evenkeel.platform.Configuration;
import org.evenkeel.reminder.Outbox;
import org.evenkeel.reminder.ReminderDispatch;
import org.evenkeel.reminder.ReminderPlanner;
import org.evenkeel.reminder.ReminderSweep;
import org.evenkeel.session.FreeTimesFound;
import org.evenkeel.session.FreeTimesQuery;
import org.evenkeel.session.Refused;
import org.evenkeel.session.SessionFacades;
import org.evenkeel.testing.RunningDatabase;
import org.jspecify.annotations.Nullable;

/** A receptionist of the clinic who uses the facades as pages and resources do, with a real audit trail. */
final class Desk {
    private static final Actor ACTOR = new Actor(900_001, "benchmark", Set.of(Role.DESK), null);
    private static final int PAGE = 25;

    private final Clinic clinic;
    private final SessionFacades sessions;
    private final DayBoards boards;
    private final ReminderSweep reminders;

    Desk(RunningDatabase database, Clinic clinic, Clock clock) {
        this(database, database.entityManager(), clinic, clock);
    }

    Desk(RunningDatabase database, jakarta.persistence.EntityManager entities, Clinic clinic, Clock clock) {
        this.clinic = clinic;
        AuditRecorder audit = new AuditRecorder(entities, database.transactions(), clock);
        sessions = SessionFacades.of(entities, database.transactions(), audit, clock);
        boards = new DayBoards(entities, database.transactions(), audit, clock);
        Settings settings = new Settings(entities, database.transactions(), audit, new Gate(audit), clock);
        Configuration none = Configuration.of();
        Outbox outbox = new Outbox(entities, new Contacts(entities, new ContactVault("benchmark")), none, clock);
        reminders = new ReminderSweep(
                new ReminderPlanner(entities, database.transactions(), settings, none),
                new ReminderDispatch(database.transactions(), outbox, List.of(), Runnable::run, clock),
                clock);
    }

    void book() {
        sessions.booking().book(ACTOR, clinic.nextFree());
    }

    void isRefused() {
        try {
            sessions.booking().book(ACTOR, clinic.taken());
        } catch (Refused expected) {
            return;
        }
        throw new AssertionError("That time was taken");
    }

    /** One therapist's free times from tomorrow, for a week. */
    void week() {
        LocalDate from = clinic.today().plusDays(1);
        require(free(Clinic.FIRST + 7, from, from.plusDays(6)));
    }

    /** Anyone's free times in four weeks. */
    void fourWeeks() {
        require(free(null, clinic.today(), clinic.today().plusDays(28)));
    }

    private FreeTimesFound free(@Nullable Long therapist, LocalDate from, LocalDate to) {
        return sessions.freeTimes()
                .search(
                        ACTOR,
                        new FreeTimesQuery(
                                Clinic.MODALITY,
                                null,
                                from,
                                to,
                                therapist,
                                null,
                                null,
                                Set.of(),
                                null,
                                null,
                                null,
                                null,
                                PAGE));
    }

    private static void require(FreeTimesFound found) {
        if (found.items().isEmpty()) {
            throw new AssertionError("There are free times");
        }
    }

    /** The board of a day with 12 therapists and 80 sessions. */
    void board() {
        DayBoard board = boards.load(ACTOR, Clinic.FIRST, clinic.boardDay(), 1);
        int count = board.columns().stream().mapToInt(c -> c.sessions().size()).sum();
        if (count != 80) {
            throw new AssertionError(count + " sessions");
        }
    }

    /** What happens every ten seconds: looks for what is due, and after the first time finds nothing. */
    void remind() {
        reminders.run();
    }
}
