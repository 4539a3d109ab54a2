package org.evenkeel.patient;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import org.evenkeel.patient.ContactLookupsChanged.Renewed;
import org.evenkeel.platform.DatabaseReady;
import org.evenkeel.shared.DatabaseErrors;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;

/**
 * Makes the keyed hashes of phone numbers anew, at the first start after what they depend on has changed: how numbers are compared, or
 * the calling code of those that are written without one. No SQL can do it, since it takes the key. Each page of rows is a transaction of
 * its own, and to do one again changes nothing, so neither a crash nor a second node does harm.
 */
@ApplicationScoped
public class ContactLookups {
    private static final System.Logger LOG = System.getLogger(ContactLookups.class.getName());
    private static final String MARKER = "contact.lookups-by";
    private static final int AT_ONCE = 1_000;

    private EntityManager em;
    private Transactions transactions;
    private ContactVault vault;
    private Event<ContactLookupsChanged> changes;

    @SuppressWarnings("NullAway.Init")
    protected ContactLookups() {}

    @Inject
    public ContactLookups(
            EntityManager em, Transactions transactions, ContactVault vault, Event<ContactLookupsChanged> changes) {
        this.em = em;
        this.transactions = transactions;
        this.vault = vault;
        this.changes = changes;
    }

    void start(@Observes DatabaseReady ready) {
        renew();
    }

    /** @return how many are others now */
    public int renew() {
        if (transactions.inNew(this::isDone)) {
            return 0;
        }
        int renewed = 0;
        long last = 0;
        List<Point> page;
        do {
            long after = last;
            page = transactions.inNew(() -> page(after));
            List<Point> read = page;
            renewed += transactions.inNew(() -> renew(read));
            last = page.isEmpty() ? last : page.get(page.size() - 1).id();
        } while (page.size() == AT_ONCE);
        markDone();
        return renewed;
    }

    private record Point(long id, long patientId, String sealed, String lookup) {

        /** The id alone: contacts stay out of logs. */
        @Override
        public String toString() {
            return "ContactPoint " + id;
        }
    }

    private List<Point> page(long after) {
        return Sql.on(em)
                .add(
                        "select id, patient_id, sealed, lookup from contact_point where kind = ? and id > ? order by id fetch first "
                                + AT_ONCE + " rows only",
                        Contact.Kind.PHONE,
                        after)
                .list(r -> new Point(r.id(1), r.id(2), r.text(3), r.text(4)));
    }

    private int renew(List<Point> page) {
        List<List<Object>> rows = new ArrayList<>();
        List<Renewed> renewed = new ArrayList<>();
        for (Point point : page) {
            String lookup = lookup(point);
            if (!lookup.equals(point.lookup())) {
                rows.add(List.of(lookup, point.id(), point.lookup()));
                renewed.add(new Renewed(point.patientId(), point.lookup(), lookup));
            }
        }
        Sql.on(em)
                .add("update contact_point set lookup = ? where id = ? and lookup = ?")
                .each(rows);
        if (!renewed.isEmpty()) {
            changes.fire(new ContactLookupsChanged(renewed));
        }
        return renewed.size();
    }

    /** One that does not open stays as it is: whoever looks at it will be told. */
    private String lookup(Point point) {
        try {
            return vault.lookup(new Contact(Contact.Kind.PHONE, vault.open(point.id(), point.sealed())));
        } catch (IllegalStateException | Invalid e) {
            LOG.log(System.Logger.Level.WARNING, "{0} cannot be compared with others: it does not open", point);
            return point.lookup();
        }
    }

    private boolean isDone() {
        return Sql.on(em)
                .add("select 1 from setting where name = ? and setting_value = ?", MARKER, vault.lookupsBy())
                .exists();
    }

    private void markDone() {
        try {
            transactions.runInNew(() -> {
                Sql.on(em).add("delete from setting where name = ?", MARKER).update();
                Sql.on(em)
                        .add("insert into setting (name, setting_value) values (?, ?)", MARKER, vault.lookupsBy())
                        .update();
            });
        } catch (RuntimeException e) {
            if (!DatabaseErrors.isDuplicateKey(e) && !DatabaseErrors.isTransient(e)) {
                throw e;
            }
        }
    }
}
