package org.evenkeel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** No query is made by putting input into its text. */
class QueryTextsTest {

    /** What {@link QueryTexts} cannot follow, and somebody has looked at. */
    private static final Set<String> LOOKED_AT = Set.of(
            // One of two methods of a way that leads to a patient, of which all are constants.
            "Caseload.java: condition.apply(way)",
            // Conditions around the name of a table or a column, which is written there.
            "Outbox.java: ReminderList.same(\"m\")",
            "ReminderList.java: byNoOther(\"q\")",
            "ReminderList.java: byNoOther(\"x\")",
            "ReminderRules.java: ReminderList.same(\"m\")",
            "StillTold.java: Consents.named(\"reminder.patient_id\")");

    @Test
    @DisplayName("Every query of the application is made of constants; what comes from outside is a parameter")
    void allAreConstant() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            try (var manager = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
                List<JavaFileObject> units = new ArrayList<>();
                manager.getJavaFileObjectsFromPaths(sources).forEach(units::add);
                assertEquals(new TreeSet<>(LOOKED_AT), new TreeSet<>(QueryTexts.notConstant(units)));
            }
        }
    }

    /** Which of these bodies have a query that is found, by number; each is of a class of its own. */
    private static Set<Integer> found(List<String> bodies) {
        List<JavaFileObject> sources = new ArrayList<>();
        for (String body : bodies) {
            sources.add(planted("Planted" + sources.size(), body));
        }
        return QueryTexts.notConstant(sources).stream()
                .map(found -> Integer.valueOf(found.replaceAll("Planted(\\d+)\\.java: .*", "$1")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static JavaFileObject planted(String name, String body) {
        String source =
                """
                package org.evenkeel.planted;

                import jakarta.persistence.EntityManager;
                import java.sql.*;
                import java.util.*;
                import java.util.function.*;
                import org.evenkeel.shared.Sql;

                class %s {
                    static final String COLUMNS = "select id from patient";
                    EntityManager em;
                    Connection connection;
                    String field;
                    enum Sort { NAME, AGE }
                    %s
                }
                """
                        .formatted(name, body);
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }

    private static final List<String> WITH_INPUT = List.of(
            "void a(String input) { Sql.on(em).add(\"select 1 where name = '\" + input + \"'\"); }",
            "void a(String input) { Sql.on(em).add(COLUMNS).add(\"order by \" + input); }",
            "void a(String input) { em.createQuery(\"select p from P p order by p.\" + input); }",
            "void a(String input) { em.createNativeQuery(\"select 1 limit \" + input, Long.class); }",
            "void a(String input) throws SQLException { connection.prepareStatement(input); }",
            "void a(String input) throws SQLException { connection.createStatement().executeQuery(\"select \" + input); }",
            "void a(int input) { Sql.on(em).add(\"select 1 limit \" + input); }",
            "void a(String input) { String text = \"select 1\"; text += input; Sql.on(em).add(text); }",
            "void a(String input) { String text = \"select 1\"; if (em != null) { text = input; } Sql.on(em).add(text); }",
            "void a(String input) { b(\"id\"); b(input); } private void b(String column) { Sql.on(em).add(column); }",
            "void a(boolean yes, String input) { Sql.on(em).add(yes ? \"select 1\" : input); }",
            "void a(String input) { Sql.on(em).add(\"select %s\".formatted(input)); }",
            "void a(String input) { Sql.on(em).add(String.format(\"select %s\", input)); }",
            "void a(String input) { Sql.on(em).add(String.join(\" \", \"select 1 where\", input)); }",
            "void a(String input) { Sql.on(em).add(new StringBuilder(\"select 1\").append(input).toString()); }",
            "void a(String input) { Sql.on(em).add(b(input)); } String b(String name) { return \"select \" + name; }",
            "void a() { Sql.on(em).add(field); }",
            "void a(String input) { field = input; Sql.on(em).add(\"select \" + field); }",
            "void a(Supplier<String> input) { Sql.on(em).add(input.get()); }",
            "void a(List<String> all) { for (String one : all) { Sql.on(em).add(one); } }",
            "void a(Sort by) { Sql.on(em).add(\"order by \" + by); }",
            "void a(Map<String, String> input) { input.forEach((k, v) -> Sql.on(em).add(v)); }",
            "void a(List<String> all) { b(\"id\"); all.forEach(this::b); } private void b(String column) { Sql.on(em).add(column); }",
            "record R(String text) {} void a(R input) { Sql.on(em).add(input.text()); }");

    private static final List<String> OF_CONSTANTS = List.of(
            "void a(String input) { Sql.on(em).add(COLUMNS + \" where name = ?\", input); }",
            "void a(String input) { em.createQuery(\"select p from P p where p.name = :name\").setParameter(\"name\", input); }",
            "void a(boolean down) { Sql.on(em).add(COLUMNS + (down ? \" order by id desc\" : \" order by id\")); }",
            "void a(Sort by) { Sql.on(em).add(\"order by \" + column(by)); }"
                    + " String column(Sort by) { return switch (by) { case NAME -> \"name\"; case AGE -> \"age\"; }; }",
            "void a() { b(\"id\"); b(\"name\"); } private void b(String column) { Sql.on(em).add(\"order by \" + column); }",
            "void a() { String or = \"and (\"; for (int i = 0; i < 2; i++) { Sql.on(em).add(or + \"1 = 1\"); or = \"or \"; } }",
            "void a(int many) { Sql.on(em).add(\"(?\" + \", ?\".repeat(many) + \")\"); }",
            "void a() { for (String each : List.of(\"select 1\", \"select 2\")) { Sql.on(em).add(each); } }",
            "void a(Object input) { List<Object> other = new ArrayList<>(); other.add(input); }");

    @Test
    @DisplayName("Whatever way input gets into a query, it is found")
    void inputInTheTextIsFound() {
        Set<Integer> found = found(WITH_INPUT);
        for (int i = 0; i < WITH_INPUT.size(); i++) {
            assertTrue(found.contains(i), WITH_INPUT.get(i));
        }
    }

    @Test
    @DisplayName("What is put together of constants is good")
    void constantsAreGood() {
        Set<Integer> found = found(OF_CONSTANTS);
        for (int i = 0; i < OF_CONSTANTS.size(); i++) {
            assertFalse(found.contains(i), OF_CONSTANTS.get(i));
        }
    }
}
