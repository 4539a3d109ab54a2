package org.evenkeel.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.platform.Configuration;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.MovableClock;

/** An audit trail on an empty database, and someone who tampers with it. */
final class AuditFixture {
    static final Actor ADMINISTRATOR = new Actor(1, "admin", Set.of(Role.ADMIN), null);
    static final Actor LEAD = new Actor(2, "lead", Set.of(Role.LEAD), null);
    static final Actor DESK = new Actor(3, "desk", Set.of(Role.DESK), null);
    static final AuditKey KEY = new AuditKey(Configuration.of("audit.key", "a key of more than thirty-two characters"));

    final Database database;
    final MovableClock clock = MovableClock.at("2027-03-01T09:00:00Z");
    final AuditRecorder trail;
    final AuditSealer sealer;

    AuditFixture(Database database) {
        this.database = database;
        database.clean();
        trail = new AuditRecorder(database.entityManager(), database.transactions(), clock);
        sealer = sealer();
    }

    /** Another node's. */
    AuditSealer sealer() {
        return new AuditSealer(database.entityManager(), database.transactions(), KEY, clock);
    }

    AuditVerifier verifier() {
        return verifier(KEY);
    }

    AuditVerifier verifier(AuditKey key) {
        return new AuditVerifier(database.entityManager(), database.transactions(), key, trail, new Gate(trail));
    }

    AuditReview review() {
        return new AuditReview(database.entityManager(), database.transactions(), trail, new Gate(trail));
    }

    /** Appends that many entries, of patients 1, 2, 3, ... */
    void append(int entries) {
        for (long i = 1; i <= entries; i++) {
            long patient = i;
            database.transactions()
                    .runInNew(() -> trail.record(
                            DESK,
                            AuditTrail.Entry.viewed("board", "session", List.of(patient * 10), List.of(patient))));
        }
    }

    AuditVerifier.Verification verify() {
        return verifier().verify(ADMINISTRATOR, null);
    }

    void tamper(String... statements) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
