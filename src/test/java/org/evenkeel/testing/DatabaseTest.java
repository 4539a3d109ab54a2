package org.evenkeel.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TransactionRequiredException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import org.evenkeel.shared.Transactions;
import org.evenkeel.site.Site;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @ParameterizedTest
    @EnumSource(Database.class)
    void cleanKeepsOnlyWhatTheMigrationsInserted(Database database) {
        database.transactions().runInNew(() -> database.entityManager().persist(site("North")));
        database.clean();
        database.clean();
        assertEquals(0, count(database, "site"));
        assertEquals(1, count(database, "audit_chain"));
        assertTrue(count(database, "\"flyway_schema_history\"") > 0);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aTransactionInsideAnotherStandsOnItsOwn(Database database) {
        database.clean();
        EntityManager entities = database.entityManager();
        Transactions transactions = database.transactions();
        assertThrows(
                IllegalStateException.class,
                () -> transactions.runInNew(() -> {
                    entities.persist(site("Outer"));
                    transactions.runInNew(() -> entities.persist(site("Inner")));
                    throw new IllegalStateException("rolls back the outer one");
                }));
        assertEquals("Inner", onlySite(entities).name());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aRefusalOfTheDatabaseArrivesAsPersistenceException(Database database) {
        database.clean();
        Transactions transactions = database.transactions();
        transactions.runInNew(() -> database.entityManager().persist(site("North")));
        assertThrows(
                PersistenceException.class,
                () -> transactions.runInNew(() -> database.entityManager().persist(site("North"))));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void outsideTransactionsNothingIsManaged(Database database) {
        database.clean();
        EntityManager entities = database.entityManager();
        database.transactions().runInNew(() -> entities.persist(site("North")));
        onlySite(entities).describe("South", "", true);
        assertEquals("North", onlySite(entities).name());
        assertThrows(TransactionRequiredException.class, () -> entities.persist(site("East")));
        assertNull(entities.unwrap(Connection.class));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void plainJdbcJoinsTheTransaction(Database database) {
        database.clean();
        EntityManager entities = database.entityManager();
        assertThrows(IllegalStateException.class, () -> database.transactions().runInNew(() -> {
            insertByJdbc(entities.unwrap(Connection.class));
            assertEquals("By hand", onlySite(entities).name());
            throw new IllegalStateException("rolls back");
        }));
        assertEquals(0, count(database, "site"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void countsStatements(Database database) {
        database.clean();
        EntityManager entities = database.entityManager();
        int statements = database.statements(() -> {
            entities.createQuery("select s from Site s", Site.class).getResultList();
            entities.find(Site.class, 1L);
        });
        assertEquals(2, statements);
    }

    private static void insertByJdbc(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("insert into site (id, name, zone, phone, active, version)"
                    + " values (1, 'By hand', 'America/New_York', '', true, 1)");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static Site onlySite(EntityManager entities) {
        return entities.createQuery("select s from Site s", Site.class).getSingleResult();
    }

    private static Site site(String name) {
        return new Site(name, NEW_YORK, "555-0100");
    }

    private static int count(Database database, String table) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
