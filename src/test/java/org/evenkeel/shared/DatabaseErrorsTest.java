package org.evenkeel.shared;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Of errors of a database")
class DatabaseErrorsTest {

    @Test
    @DisplayName("a connection that was waited for in vain is no failure of ours, and no lost race")
    void waitedInVain() {
        PersistenceException error = new PersistenceException(new SQLTransientConnectionException("pool"));
        assertTrue(DatabaseErrors.isUnavailable(error));
        assertFalse(DatabaseErrors.isTransient(error));
    }

    @ParameterizedTest
    @ValueSource(strings = {"08001", "53300", "57P03"})
    @DisplayName("one that cannot be had is the same")
    void cannotBeHad(String state) {
        assertTrue(DatabaseErrors.isUnavailable(new IllegalStateException(new SQLException("away", state))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "40001", "08006", "42601"})
    @DisplayName("one that broke while something was done is not")
    void broken(String state) {
        assertFalse(DatabaseErrors.isUnavailable(new SQLException("other", state)));
    }
}
