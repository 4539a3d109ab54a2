package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Experiment 8, at ten past eight in the evening, with a message in each state that a jump could harm. */
class ClockJumpTest {
    private static final String EVENING = "2027-03-03T20:10";

    private static final String DYING = "+1 555 0601";

    private static final String SENT = "+1 555 0602";
    private static final String BUSY = "+1 555 0603";
    private static final String WAITING = "+1 555 0604";
    private static final String NIGHT = "+1 555 0605";

    private final List<String> askedAtNight = new CopyOnWriteArrayList<>();
    private volatile boolean busy = true;

    /** What is accepted in the end beside the one that was before; what starts while the clock is ahead has expired. */
    @ParameterizedTest(name = "experiment 8: {0}, the clock jumps by {1} and back")
    @CsvSource({
        "H2, PT1H, 3", "POSTGRES, PT1H, 3",
        "H2, -PT1H, 3", "POSTGRES, -PT1H, 3",
        "H2, P1D, 0", "POSTGRES, P1D, 0",
        "H2, -P1D, 3", "POSTGRES, -P1D, 3"
    })
    @DisplayName("nothing goes out twice, nothing in quiet hours, and nothing is lost sight of")
    void nothingTwiceAndNothingAtNight(Database database, Duration jump, int later) {
        ReminderFixture f = evening(database);
        assertEquals(List.of(SENT), accepted(f));

        busy = false;
        f.clinic.clock.advance(jump);
        f.sweep();
        f.clinic.clock.advance(jump.negated().plusMinutes(1));
        f.sweep();
        for (int i = 0; i < 16; i++) {
            f.clinic.clock.advance(Duration.ofHours(1));
            f.sweep();
        }

        assertEquals(List.of(), askedAtNight);
        List<String> accepted = accepted(f);
        assertEquals(Set.copyOf(accepted).size(), accepted.size(), () -> "twice: " + accepted);
        Set<String> expected = new HashSet<>(List.of(SENT));
        if (later > 0) {
            expected.addAll(List.of(BUSY, WAITING, NIGHT));
        }
        assertEquals(expected, Set.copyOf(accepted));
        assertTrue(
                f.outcomes().contains("UNKNOWN LEASE_OVER"), () -> f.outcomes().toString());
        assertTrue(
                f.outcomes().stream().noneMatch(o -> o.startsWith("PENDING") || o.startsWith("SENDING")),
                () -> f.outcomes().toString());
    }

    /** One is being sent by a node that dies, one is sent, one is tried again, one waits, and one is due at night. */
    private ReminderFixture evening(Database database) {
        ReminderFixture f = new ReminderFixture(database);
        f.rule(Occasion.BEFORE, 14 * 60);
        long dying = coming(f, DYING, f.clinic.lee, "2027-03-04T09:00");
        coming(f, SENT, f.clinic.ruiz, "2027-03-04T09:00");
        coming(f, BUSY, f.clinic.lee, "2027-03-04T10:05");
        coming(f, WAITING, f.clinic.ruiz, "2027-03-04T10:45");
        coming(f, NIGHT, f.clinic.lee, "2027-03-04T11:30");
        f.sms.answer = message -> {
            LocalDateTime wall = LocalDateTime.ofInstant(f.clinic.clock.instant(), ClinicFixture.NEW_YORK);
            if (wall.getHour() < 8 || wall.getHour() >= 21) {
                askedAtNight.add(message.to() + " at " + wall);
            }
            return Delivery.of(
                    busy && message.to().equals(BUSY) ? Delivery.Outcome.NOT_NOW : Delivery.Outcome.ACCEPTED);
        };
        f.clinic.clock.set(ClinicFixture.local(EVENING).toString());
        f.planner.plan(f.clinic.clock.instant());
        f.clinic.transactions.runInNew(
                () -> f.outbox.claim(f.outbox.due(List.of(Channel.SMS), f.clinic.clock.instant()).stream()
                        .filter(due -> due.patientId() == dying)
                        .toList()));
        f.sweep();
        return f;
    }

    private static long coming(ReminderFixture f, String phone, long therapist, String start) {
        long patient = f.series.patient("P" + phone.substring(8));
        f.phone(patient, phone);
        f.agree(patient, Channel.SMS);
        f.book(therapist, start, patient);
        return patient;
    }

    private static List<String> accepted(ReminderFixture f) {
        return f.sms.accepted.stream().map(Outgoing::to).toList();
    }
}
