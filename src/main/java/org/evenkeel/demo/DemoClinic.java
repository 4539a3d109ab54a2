package org.evenkeel.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.availability.Availability;
import org.evenkeel.demo.DemoPatients.Client;
import org.evenkeel.demo.DemoStaff.Worker;
import org.evenkeel.demo.DemoWeek.Visit;
import org.evenkeel.identity.Account;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Passwords;
import org.evenkeel.identity.Role;
import org.evenkeel.modality.Modality;
import org.evenkeel.modality.StandardModalities;
import org.evenkeel.patient.Contacts;
import org.evenkeel.reminder.DevelopmentOutbox;
import org.evenkeel.session.Schedule;
import org.evenkeel.shared.DatabaseErrors;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;

/**
 * Builds the demo clinic at the first start on an empty database: the same on every day, relative to that day. One transaction
 * makes all of it, and begins with a row that only one can insert, so that neither a second node nor a crash leaves half a clinic.
 * It ages from then on; with an empty database it is built anew.
 */
@ApplicationScoped
public class DemoClinic {
    private static final String MARKER = "demo.built-at";
    private static final long SEED = 20_270_304L;
    private static final int TRIES = 8;

    private EntityManager entities;
    private Transactions transactions;
    private Availability availability;
    private Schedule schedule;
    private Contacts contacts;
    private Passwords passwords;
    private DevelopmentOutbox outbox;
    private AuditTrail audit;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected DemoClinic() {}

    @Inject
    public DemoClinic(
            EntityManager entities,
            Transactions transactions,
            Availability availability,
            Schedule schedule,
            Contacts contacts,
            Passwords passwords,
            DevelopmentOutbox outbox,
            AuditTrail audit,
            Clock clock) {
        this.entities = entities;
        this.transactions = transactions;
        this.availability = availability;
        this.schedule = schedule;
        this.contacts = contacts;
        this.passwords = passwords;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Builds the clinic if the database is empty. Nodes that start together wait for the first of them.
     *
     * @return whether it was built now, and here
     */
    public boolean build() {
        String hash = passwords.hash(DemoAccounts.PASSWORD);
        for (int left = TRIES; ; left--) {
            try {
                return transactions.inNew(() -> isEmpty() && buildUnderMarker(hash));
            } catch (RuntimeException e) {
                boolean elsewhere = DatabaseErrors.isDuplicateKey(e) || DatabaseErrors.isTransient(e);
                if (!elsewhere || left == 1) {
                    throw e;
                }
            }
        }
    }

    private boolean isEmpty() {
        return Sql.on(entities)
                .add("select 1 from site union all select 1 from account union all select 1 from patient")
                .first(r -> r.number(1))
                .isEmpty();
    }

    /** Whether this database holds the demo clinic. */
    boolean isBuilt() {
        return transactions.inNew(() -> Sql.on(entities)
                .add("select 1 from setting where name = ?", MARKER)
                .first(r -> r.number(1))
                .isPresent());
    }

    private boolean buildUnderMarker(String passwordHash) {
        Instant now = clock.instant();
        Sql.on(entities)
                .add("insert into setting (name, setting_value) values (?, ?)", MARKER, now.toString())
                .update();
        Random random = new Random(SEED);
        DemoPlaces places = DemoPlaces.persist(entities, now);
        Map<String, Modality> modalities = persistModalities();
        List<Worker> workers = DemoStaff.persist(entities, places, modalities, now);
        List<Client> clients = new DemoPatients(entities, contacts, random).persist(places, workers, now);
        List<Account> accounts = new DemoAccounts(entities, passwordHash, now).persist(workers);
        List<Long> desks = accounts.stream().limit(2).map(Account::id).toList();
        Actor desk = new Actor(desks.get(0), "desk", Set.of(Role.DESK), null);
        DemoGroups groups = new DemoGroups(entities, schedule, random, now, desk);
        groups.plan(places, workers, clients);
        groups.insert(modalities);
        DemoWeek timetable = new DemoWeek(clients, openToAll(modalities), random);
        groups.keepFree(timetable);
        List<Visit> week = timetable.plan(workers);
        new DemoSessions(entities, availability, random, now, desks).insert(week);
        new DemoReminders(entities, now).insert(clients, desks.get(0));
        outbox.recall();
        audit.record(
                Actor.NOBODY,
                new AuditTrail.Entry(
                        "CREATED",
                        "demo",
                        "account",
                        accounts.stream().map(Account::id).toList(),
                        List.of(),
                        "OK",
                        "demo clinic"));
        return true;
    }

    private Map<String, Modality> persistModalities() {
        Map<String, Modality> modalities = new LinkedHashMap<>();
        StandardModalities.ALL.forEach(details -> {
            Modality modality =
                    new Modality(details.code(), details.name(), details.format(), details.defaultMinutes());
            modality.describe(
                    details.name(),
                    details.format(),
                    details.defaultMinutes(),
                    details.defaultCapacity(),
                    details.minimumSize(),
                    details.qualification().isEmpty() ? null : details.qualification(),
                    details.colour(),
                    details.active());
            entities.persist(modality);
            modalities.put(details.code(), modality);
        });
        entities.flush();
        return modalities;
    }

    private static List<Modality> openToAll(Map<String, Modality> modalities) {
        return modalities.values().stream()
                .filter(m -> m.qualification().isEmpty() && m.format() != Modality.Format.GROUP)
                .toList();
    }
}
