package org.evenkeel.demo;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.Gate;
import org.evenkeel.availability.Availability;
import org.evenkeel.identity.Passwords;
import org.evenkeel.identity.Settings;
import org.evenkeel.patient.ContactsFixture;
import org.evenkeel.reminder.OutboxFixture;
import org.evenkeel.session.Schedule;
import org.evenkeel.shared.Sql;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.Recorded;

/** The demo clinic of a database, for whoever wants a clinic at work to test against. */
public final class DemoFixture {

    /** Hashing is slow on purpose, and its result is random; once is enough. */
    private static final Passwords PASSWORDS = new Passwords();

    private DemoFixture() {}

    public static DemoClinic clinic(Database database, AuditTrail audit, Clock clock) {
        EntityManager entities = database.entityManager();
        Availability availability = new Availability(entities);
        Settings settings = new Settings(entities, database.transactions(), audit, new Gate(audit), clock);
        return new DemoClinic(
                entities,
                database.transactions(),
                availability,
                new Schedule(entities, availability, settings, new Recorded<>(), clock),
                ContactsFixture.contacts(entities),
                PASSWORDS,
                OutboxFixture.outbox(entities, database.transactions(), audit, clock),
                audit,
                clock);
    }

    /** The number that a query results in. */
    static double number(Database database, String sql) {
        return database.transactions().inNew(() -> Sql.on(database.entityManager())
                .add(sql)
                .first(r -> Double.parseDouble(r.text(1)))
                .orElseThrow());
    }
}
