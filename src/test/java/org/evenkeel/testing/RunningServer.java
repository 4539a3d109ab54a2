package org.evenkeel.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The application as it is shipped, on a server of its own: a process with its own directory below {@code target/servers}, its own
 * ports and, unless it stands beside another, its own database with the demo clinic. Ends with the JVM at the latest.
 *
 * <pre>{@code
 * try (RunningServer server = RunningServer.start(Database.POSTGRES)) {
 *     server.kill9();
 *     server.restart();
 * }
 * }</pre>
 *
 * Works in {@code *IT} classes, after Maven has made the WAR and the server's files.
 */
public final class RunningServer implements AutoCloseable {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path LIBERTY = Path.of(
            System.getProperty("liberty.home", TARGET.resolve("liberty/wlp").toString()));
    private static final Duration TIME_TO_START = Duration.ofMinutes(6);
    /** The console holds warnings and worse: a listener of the application threw, or it could not be deployed at all. */
    private static final List<String> APPLICATION_FAILED = List.of("SRVE0265E", "CWWKZ0002E", "CWWKO0221E");

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static @Nullable RunningServer demo;
    private static @Nullable RunningServer api;

    private final String name = "evenkeel-" + COUNT.incrementAndGet();
    private final Path home = TARGET.resolve("servers").resolve(name);
    private final Path directory = home.resolve("servers").resolve(name);
    private final int port = freePort();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final TestDatabase database;
    private @Nullable Process process;

    private RunningServer(TestDatabase database, Map<String, String> settings) {
        this.database = database;
        variables.put("http.port", Integer.toString(port));
        variables.put("https.port", Integer.toString(freePort()));
        variables.put("cookie.secure", "false");
        variables.putAll(database.variables());
        variables.putAll(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill9));
        install();
        launch();
    }

    /** The one that all journeys of this JVM share: the demo clinic on H2. */
    public static synchronized RunningServer demo() {
        if (demo == null) {
            demo = start(Database.H2);
        }
        return demo;
    }

    /**
     * The one that the tests of the API share: the demo clinic on H2 once more, since they take whichever patients and times are free,
     * and the journeys have theirs by name.
     */
    public static synchronized RunningServer api() {
        if (api == null) {
            api = start(Database.H2);
        }
        return api;
    }

    /** A server on an empty database of that kind, with the demo clinic. */
    public static RunningServer start(Database kind) {
        return start(kind, Map.of());
    }

    /** A server on an empty database of that kind, with variables of {@code server.xml} set otherwise. */
    public static RunningServer start(Database kind, Map<String, String> settings) {
        return new RunningServer(TestDatabase.create(kind), settings);
    }

    /** A second node on the same database, which must be PostgreSQL. */
    public RunningServer startBeside() {
        return startBeside(Map.of());
    }

    /** A second node on the same database, which must be PostgreSQL, with variables of {@code server.xml} set otherwise. */
    public RunningServer startBeside(Map<String, String> settings) {
        return new RunningServer(database, settings);
    }

    /** Where it answers: {@code http://127.0.0.1:port}. */
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    /** An address below {@link #address()}. */
    public URI resolve(String path) {
        return URI.create(address() + path);
    }

    /** Plain JDBC to its database; on H2 only while the server is down, since the file is locked. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }

    /** Where the embedded database lies. */
    public Path dataDirectory() {
        return Path.of(
                variables.getOrDefault("data.dir", directory.resolve("data").toString()));
    }

    /** What it has logged, for failing tests to look at. */
    public Path log() {
        return directory.resolve("logs/messages.log");
    }

    /** Ends it as a power cut would end the process: without a last word. */
    public void kill9() {
        if (process != null) {
            process.destroyForcibly();
            await(process, 30);
            process = null;
        }
    }

    /** Ends it in an orderly way. */
    public void stop() {
        if (process != null) {
            process.destroy();
            await(process, 60);
            kill9();
        }
    }

    /** Starts it again, after stopping it if it runs, on the same data and port; returns when it is ready. */
    public void restart() {
        stop();
        launch();
    }

    @Override
    public void close() {
        stop();
    }

    private void install() {
        Path template = LIBERTY.resolve("usr/servers/evenkeel");
        try {
            Directories.delete(home);
            Files.createDirectories(directory.resolve("apps"));
            Files.createDirectories(directory.resolve("jdbc"));
            Files.createDirectories(directory.resolve("configDropins/overrides"));
            for (String file : List.of("server.xml", "jvm.options", "bootstrap.properties")) {
                Files.copy(template.resolve(file), directory.resolve(file));
            }
            try (var drivers = Files.newDirectoryStream(template.resolve("jdbc"))) {
                for (Path driver : drivers) {
                    Files.copy(driver, directory.resolve("jdbc").resolve(driver.getFileName()));
                }
            }
            Files.copy(
                    TARGET.resolve("evenkeel.war"),
                    directory.resolve("apps/evenkeel.war"),
                    StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(directory.resolve("configDropins/overrides/test.xml"), overrides());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String overrides() {
        StringBuilder xml = new StringBuilder("<server>\n");
        variables.forEach((variable, value) -> xml.append("  <variable name=\"")
                .append(variable)
                .append("\" value=\"")
                .append(value.replace("&", "&amp;").replace("\"", "&quot;"))
                .append("\"/>\n"));
        return xml.append("</server>\n").toString();
    }

    private void launch() {
        try {
            process = builder().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitReady();
    }

    /** What {@code bin/server run} would start, without the script between, so that a signal reaches the server itself. */
    private ProcessBuilder builder() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : Files.readAllLines(directory.resolve("jvm.options"))) {
            if (!option.isBlank() && !option.startsWith("#")) {
                command.add(option.strip());
            }
        }
        if (!Boolean.getBoolean("database.durable")) {
            // Servers of tests live for minutes: quick to start is better than quick in the end.
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.add("@" + LIBERTY.resolve("lib/platform/java/java9.options"));
        command.add("-javaagent:" + LIBERTY.resolve("bin/tools/ws-javaagent.jar"));
        command.add("-Djava.awt.headless=true");
        command.add("-jar");
        command.add(LIBERTY.resolve("bin/tools/ws-server.jar").toString());
        command.add(name);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("WLP_USER_DIR", home.toString());
        builder.directory(directory.toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(home.resolve("console.log").toFile());
        return builder;
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + TIME_TO_START.toNanos();
        while (!isReady()) {
            String console = console();
            boolean failed = APPLICATION_FAILED.stream().anyMatch(console::contains);
            if (process == null || !process.isAlive() || failed || System.nanoTime() > deadline) {
                kill9();
                throw new IllegalStateException(name + " did not get ready; see " + log() + "\n" + console);
            }
            pause();
        }
    }

    /** Whether {@code /health/ready} says so. */
    public boolean isReady() {
        HttpRequest request = HttpRequest.newBuilder(resolve("/health/ready"))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            HttpResponse<Void> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
            return answer.statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String console() {
        try {
            return Files.readString(home.resolve("console.log"));
        } catch (IOException e) {
            return "no console";
        }
    }

    /** A server is another process: there is nothing to wait on but the answer to the next question. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(Process process, int seconds) {
        try {
            process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * One that nobody listens on, below those that outgoing connections are given on Linux and elsewhere: a server that is killed finds
     * it free again.
     */
    private static int freePort() {
        int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
        while (isTaken(port)) {
            port++;
        }
        return port;
    }

    private static boolean isTaken(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return !socket.isBound();
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public String toString() {
        return name + " at " + address();
    }
}
