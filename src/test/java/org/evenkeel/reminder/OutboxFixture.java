package org.evenkeel.reminder;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.patient.ContactVault;
import org.evenkeel.patient.ContactsFixture;
import org.evenkeel.platform.Configuration;
import org.evenkeel.shared.Transactions;

/** The outbox that only shows what would have gone out, under the key of {@link ContactsFixture}. */
public final class OutboxFixture {

    private OutboxFixture() {}

    public static DevelopmentOutbox outbox(
            EntityManager entities, Transactions transactions, AuditTrail audit, Clock clock) {
        Outbox outbox = new Outbox(entities, ContactsFixture.contacts(entities), Configuration.of(), clock);
        return new DevelopmentOutbox(
                entities, transactions, new ContactVault(ContactsFixture.KEY), outbox, audit, clock);
    }
}
