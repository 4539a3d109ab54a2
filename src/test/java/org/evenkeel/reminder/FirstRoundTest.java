package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.evenkeel.audit.Gate;
import org.evenkeel.demo.DemoFixture;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.Settings;
import org.evenkeel.patient.ContactsFixture;
import org.evenkeel.platform.Configuration;
import org.evenkeel.shared.Sql;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.MovableClock;
import org.evenkeel.testing.RecordingAudit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first round on the demo clinic, whose reminders of the last weeks nobody has really sent. */
class FirstRoundTest {
    private static final Actor LEAD = new Actor(1, "lead", Set.of(Role.LEAD), null);

    @ParameterizedTest
    @CsvSource({
        "H2, 2027-03-03T17:30:00Z, true",
        "POSTGRES, 2027-03-03T17:30:00Z, true",
        "H2, 2027-03-07T08:30:00Z, false"
    })
    void somethingGoesOutByDayAndAtAnyHourThereIsSomethingToSee(Database database, String now, boolean daytime) {
        RecordingAudit audit = new RecordingAudit();
        MovableClock clock = MovableClock.at(now);
        database.clean();
        assertTrue(DemoFixture.clinic(database, audit, clock).build());
        DevelopmentOutbox shown = OutboxFixture.outbox(database.entityManager(), database.transactions(), audit, clock);
        assertEquals(100, shown.contents(LEAD).newest().size(), "what went out before");

        Ledger sms = new Ledger(Channel.SMS);
        Ledger email = new Ledger(Channel.EMAIL);
        round(database, audit, clock, sms, email);

        int sent = sms.accepted.size() + email.accepted.size();
        assertEquals(daytime, sent > 0, () -> sent + " sent");
        DevelopmentOutbox.Contents contents = shown.contents(LEAD);
        assertFalse(contents.next().isEmpty());
        if (!daytime) {
            assertTrue(contents.next().stream().anyMatch(n -> n.why() == Reason.QUIET_HOURS), "why not now");
        }
        assertTrue(contents.next().stream().filter(NextMessage::goesOut).allMatch(n -> !n.body()
                .isEmpty()));
        assertEquals(List.of(), toldTwice(database));
        assertEquals(List.of(), writtenToTwiceADay(database));
    }

    private static void round(Database database, RecordingAudit audit, MovableClock clock, Ledger sms, Ledger email) {
        Configuration configuration = Configuration.of();
        new ReminderPlanner(
                        database.entityManager(),
                        database.transactions(),
                        new Settings(database.entityManager(), database.transactions(), audit, new Gate(audit), clock),
                        configuration)
                .plan(clock.instant());
        Outbox outbox = new Outbox(
                database.entityManager(), ContactsFixture.contacts(database.entityManager()), configuration, clock);
        new ReminderDispatch(database.transactions(), outbox, List.of(sms, email), ReminderFixture.THREADS, clock)
                .sendDue();
    }

    private static List<Long> toldTwice(Database database) {
        return database.transactions().inNew(() -> Sql.on(database.entityManager())
                .add("select session_id from reminder where state = 'SENT'"
                        + " group by session_id, revision, rule_id, lead_minutes, patient_id having count(*) > 1")
                .list(r -> r.id(1)));
    }

    private static List<String> writtenToTwiceADay(Database database) {
        Set<String> days = new HashSet<>();
        List<String> twice = new ArrayList<>();
        database.transactions().inNew(() -> Sql.on(database.entityManager())
                .add(
                        "select m.patient_id, m.closed_at, i.zone from reminder m join session s on s.id = m.session_id"
                                + " join site i on i.id = s.site_id where m.state in ('SENT', 'UNKNOWN') and m.carried_by is null")
                .list(r -> {
                    Instant at = r.instant(2);
                    String day = r.id(1) + " " + LocalDate.ofInstant(at, ZoneId.of(r.text(3)));
                    return !days.add(day) && twice.add(day);
                }));
        return twice;
    }
}
