package org.evenkeel.reminder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.evenkeel.shared.Sql;
import org.evenkeel.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two patients who have one e-mail address, however each has written it. */
class SharedMailTest {

    @ParameterizedTest(
            name =
                    "[A43] {0}, {1} and {2}: a message to each, which names nobody and brings no appointment for a calendar")
    @CsvSource({
        "H2, family@example.org, family@example.org",
        "POSTGRES, family@example.org, family@example.org",
        "H2, family@example.org, Family@Example.ORG",
        "POSTGRES, family@example.org, Family@Example.ORG"
    })
    void theyNeverLearnOfEachOther(Database database, String one, String other) {
        ReminderFixture f = shared(database, one, other);
        f.sweepAt("2027-03-02T10:01");
        assertEquals(
                List.of(one, other),
                f.email.accepted.stream()
                        .map(Outgoing::to)
                        .sorted(Comparator.reverseOrder())
                        .toList());
        for (Outgoing message : f.email.accepted) {
            assertEquals(List.of(), message.invitations());
            assertTrue(message.body().startsWith("You have an appointment Wed Mar 3, "), message.body());
            assertTrue(!message.body().matches("(?s).*(Ana|Ben|Lee|Ruiz|Pier).*"), message.body());
        }
        assertEquals(1, f.email.accepted.get(0).body().split(" AM").length - 1, "one appointment in each");
    }

    @ParameterizedTest(name = "[A43] {0}, {1} and {2}: the link of one message stops the address, for both")
    @CsvSource({"H2, family@example.org, Family@Example.ORG", "POSTGRES, family@example.org, Family@Example.ORG"})
    void theLinkStopsTheAddress(Database database, String one, String other) {
        ReminderFixture f = shared(database, one, other);
        f.sweepAt("2027-03-02T10:01");
        Outgoing first = f.email.accepted.get(0);
        assertTrue(first.body().contains(String.valueOf(first.stopLink())));
        f.replies.stop(ReminderFixture.token(first, "stop"));
        f.book(f.clinic.lee, "2027-03-05T10:00", f.clinic.ana);
        f.book(f.clinic.ruiz, "2027-03-05T10:00", f.clinic.ben);
        f.sweepAt("2027-03-04T10:01");
        assertEquals(2, f.email.accepted.size());
        assertEquals(4, f.outcomes().size());
        assertEquals(2, Collections.frequency(f.outcomes(), "SENT"));
    }

    /** Ana and Ben have agreed to names by e-mail, and come at the same time. */
    private static ReminderFixture shared(Database database, String one, String other) {
        ReminderFixture f = ReminderFixture.aDayBefore(database);
        f.clinic.transactions.runInNew(() -> Sql.on(f.clinic.em)
                .add("update site set place_in_messages = '12 Pier Street'")
                .update());
        f.consents.withdraw(f.clinic.desk, f.clinic.ana, Channel.SMS);
        f.email(f.clinic.ana, one);
        f.email(f.clinic.ben, other);
        f.consents.give(f.clinic.desk, f.clinic.ana, Channel.EMAIL, Disclosure.NAMES, false);
        f.consents.give(f.clinic.desk, f.clinic.ben, Channel.EMAIL, Disclosure.NAMES, false);
        f.ana("2027-03-03T10:00");
        f.book(f.clinic.ruiz, "2027-03-03T10:00", f.clinic.ben);
        return f;
    }
}
