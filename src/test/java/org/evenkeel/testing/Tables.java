package org.evenkeel.testing;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Empties the tables between tests, and puts back the rows that came with the migrations. */
final class Tables {

    /** A row that a migration inserted. */
    private record Row(String table, List<Object> values) {}

    private final DataSource dataSource;
    private final boolean postgres;
    private final List<String> names = new ArrayList<>();
    private final List<Row> migrated = new ArrayList<>();

    Tables(DataSource dataSource) {
        this.dataSource = dataSource;
        try (Connection connection = dataSource.getConnection()) {
            DatabaseMetaData meta = connection.getMetaData();
            postgres = meta.getDatabaseProductName().equals("PostgreSQL");
            try (ResultSet tables = meta.getTables(null, "public", "%", new String[] {"TABLE", "BASE TABLE"})) {
                addNames(tables);
            }
            try (ResultSet tables = meta.getTables(null, "PUBLIC", "%", new String[] {"TABLE", "BASE TABLE"})) {
                addNames(tables);
            }
            for (String name : referencedFirst(meta, filled(connection))) {
                remember(connection, name);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void addNames(ResultSet tables) throws SQLException {
        while (tables.next()) {
            String name = tables.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
            if (!name.equals("flyway_schema_history")) {
                names.add(name);
            }
        }
    }

    /** In an order in which they can be filled again. */
    private static List<String> referencedFirst(DatabaseMetaData meta, List<String> tables) throws SQLException {
        List<String> ordered = new ArrayList<>();
        for (String table : tables) {
            int first = ordered.size();
            try (ResultSet keys = meta.getExportedKeys(
                    null, null, meta.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table)) {
                while (keys.next()) {
                    int referring =
                            ordered.indexOf(keys.getString("FKTABLE_NAME").toLowerCase(Locale.ROOT));
                    first = referring < 0 ? first : Math.min(first, referring);
                }
            }
            ordered.add(first, table);
        }
        return ordered;
    }

    private void remember(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from " + table)) {
            while (rows.next()) {
                List<Object> values = new ArrayList<>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    values.add(rows.getObject(column));
                }
                migrated.add(new Row(table, values));
            }
        }
    }

    void clean() {
        try (Connection connection = dataSource.getConnection()) {
            List<String> filled = filled(connection);
            if (!filled.isEmpty()) {
                truncate(connection, filled);
            }
            for (Row row : migrated) {
                insert(connection, row);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> filled(Connection connection) throws SQLException {
        String query = names.stream()
                .map(name -> "select '" + name + "' where exists (select 1 from " + name + ")")
                .collect(Collectors.joining(" union all "));
        List<String> filled = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                filled.add(rows.getString(1));
            }
        }
        return filled;
    }

    private void truncate(Connection connection, List<String> tables) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (postgres) {
                statement.execute("truncate table " + String.join(", ", tables) + " cascade");
                return;
            }
            statement.execute("set referential_integrity false");
            for (String table : tables) {
                statement.execute("truncate table " + table);
            }
            statement.execute("set referential_integrity true");
        }
    }

    private static void insert(Connection connection, Row row) throws SQLException {
        String marks = String.join(", ", Collections.nCopies(row.values.size(), "?"));
        try (PreparedStatement insert =
                connection.prepareStatement("insert into " + row.table + " values (" + marks + ")")) {
            for (int index = 0; index < row.values.size(); index++) {
                insert.setObject(index + 1, row.values.get(index));
            }
            insert.executeUpdate();
        }
    }
}
