package org.evenkeel.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.evenkeel.shared.NeutralWords;
import org.jspecify.annotations.Nullable;

/**
 * What the operator has set, read from MicroProfile Config: the variables of {@code server-config/server.xml}, which an
 * environment variable overrides ({@code db.url} as {@code DB_URL}).
 *
 * <table>
 * <caption>Variables beside those that only the server reads</caption>
 * <tr><td>{@code db.url}</td><td>JDBC address of the database; H2 or PostgreSQL</td></tr>
 * <tr><td>{@code db.user}, {@code db.password}</td><td>its account</td></tr>
 * <tr><td>{@code data.dir}</td><td>directory of the embedded database</td></tr>
 * <tr><td>{@code data.key}</td><td>the secret that data at rest is encrypted with: the file of H2, sealed columns on both</td></tr>
 * <tr><td>{@code audit.key}</td><td>the key of the audit chain, 32 characters at least; derived from {@code data.key} unless set</td></tr>
 * <tr><td>{@code faces.stage}</td><td>Production unless set otherwise; Development tells more of what is wrong with a page</td></tr>
 * <tr><td>{@code demo.data}</td><td>true or false: whether the demo clinic is wanted; see {@link #demoData()}</td></tr>
 * <tr><td>{@code cookie.secure}</td><td>false: cookies are sent without TLS; only with demo data</td></tr>
 * <tr><td>{@code public.address}</td><td>what links in messages start with, such as {@code https://visits.example.org};
 * needed with a mail server or a provider of text messages</td></tr>
 * <tr><td>{@code metrics.password}</td><td>of the account that may read {@code /metrics}; nobody may unless it is set</td></tr>
 * <tr><td>{@code restored.at}</td><td>when the database was restored from a backup; see {@link #restoredAt()}</td></tr>
 * <tr><td>{@code mail.host}, {@code mail.port}</td><td>the mail server; without it e-mails are only shown, not sent</td></tr>
 * <tr><td>{@code mail.tls}</td><td>none, starttls (unless set otherwise) or ssl</td></tr>
 * <tr><td>{@code mail.user}, {@code mail.password}</td><td>the account there, if it wants one</td></tr>
 * <tr><td>{@code mail.from}, {@code mail.sender}</td><td>address and name that e-mails come from, and no word in them that betrays;
 * the name is "Appointments" unless set otherwise</td></tr>
 * <tr><td>{@code sms.url}</td><td>where text messages are posted to, in the form of Twilio's {@code .../Messages.json}; without it they are
 * only shown, not sent</td></tr>
 * <tr><td>{@code sms.account}, {@code sms.token}</td><td>the account there; the provider signs its calls with the token</td></tr>
 * <tr><td>{@code sms.from}</td><td>the number that text messages come from</td></tr>
 * <tr><td>{@code sms.country}</td><td>calling code of phone numbers that are written without one; 1 unless set otherwise</td></tr>
 * <tr><td>{@code http.host}, {@code http.port}</td><td>where it listens without TLS</td></tr>
 * </table>
 */
@ApplicationScoped
public class Configuration {
    private static final String DEMO_KEY = "evenkeel-demo-key";
    private static final String DEMO_PASSWORD = "demo-evenkeel";

    /** What patients see of us beside the texts (acceptance case A46). */
    private static final List<String> SEEN = List.of("mail.sender", "mail.from", "sms.from", "public.address");

    private Function<String, Optional<String>> variables;

    @SuppressWarnings("NullAway.Init")
    protected Configuration() {}

    @Inject
    public Configuration(Config config) {
        this(name -> config.getOptionalValue(name, String.class));
    }

    public Configuration(Function<String, Optional<String>> variables) {
        this.variables = variables;
    }

    /** The value of a variable; empty if it is not set, or blank. */
    public Optional<String> text(String name) {
        return variables.apply(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** The value of a variable that is true or false; empty if it is not set. */
    public Optional<Boolean> flag(String name) {
        return text(name).map(value -> switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalStateException(name + " must be true or false");
        });
    }

    /** Whether the database is the embedded one. */
    public boolean isEmbedded() {
        return text("db.url").orElse("").startsWith("jdbc:h2:");
    }

    /** The file of the embedded database; empty on PostgreSQL. */
    Optional<EmbeddedFile> embeddedFile() {
        return EmbeddedFile.of(text("db.url").orElse(""), text("db.password").orElse(""));
    }

    /**
     * Whether the demo clinic and its accounts with known passwords belong into this database: if {@code demo.data} says so, or,
     * where it says nothing, on the embedded database under the key that everybody knows.
     */
    public boolean demoData() {
        return flag("demo.data").orElseGet(() -> isEmbedded() && isOnDemoKey());
    }

    /** The secret that data at rest is encrypted with. Derive from it, with a label for each purpose; never log it. */
    public String dataKey() {
        return text("data.key").orElseThrow(() -> new IllegalStateException("data.key is not set"));
    }

    private boolean isOnDemoKey() {
        return dataKey().equals(DEMO_KEY);
    }

    /** Where the application answers without TLS. */
    public String address() {
        return "http://" + text("http.host").orElse("127.0.0.1") + ":"
                + text("http.port").orElse("9080");
    }

    /** Where patients reach it: what links in messages start with, and no word in it that betrays. */
    public String publicAddress() {
        return text("public.address").orElseGet(this::address).replaceAll("/+$", "");
    }

    /**
     * When the database was last restored from a backup; empty: never. What was due until then has gone out from the database that
     * is lost, or may have: it never goes out from this one.
     */
    public Optional<Instant> restoredAt() {
        return text("restored.at").map(value -> {
            try {
                return Instant.parse(value);
            } catch (DateTimeParseException e) {
                throw new IllegalStateException("restored.at must be an instant such as 2027-03-01T14:00:00Z", e);
            }
        });
    }

    /**
     * Refuses what cannot be meant, and what only the demo may do.
     *
     * @throws IllegalStateException telling the operator what to set
     */
    public void check() {
        restoredAt();
        requireWith("mail.host", "mail.from", "public.address");
        requireWith("sms.url", "sms.account", "sms.token", "sms.from", "public.address");
        SEEN.forEach(this::refuseBetrayal);
        if (demoData()) {
            return;
        }
        if (isOnDemoKey()) {
            throw refusal("data.key is the public one of the demo; set it to a secret of your own");
        }
        if (!flag("cookie.secure").orElse(true)) {
            throw refusal("cookie.secure is false, which is for the demo alone");
        }
        if (text("metrics.password").filter(DEMO_PASSWORD::equals).isPresent()) {
            throw refusal(
                    "metrics.password is the public one of the demo; set it to a secret of your own, or to nothing");
        }
    }

    private void requireWith(String name, String... others) {
        for (String other : others) {
            if (text(name).isPresent() && text(other).isEmpty()) {
                throw new IllegalStateException("Evenkeel does not start with " + name + " but without " + other);
            }
        }
    }

    private void refuseBetrayal(String name) {
        text(name).flatMap(NeutralWords::betraysInName).ifPresent(word -> {
            throw new IllegalStateException("Evenkeel does not start while patients would see \u201c" + word
                    + "\u201d in " + name + ", which betrays why somebody comes; choose one that does not");
        });
    }

    private static IllegalStateException refusal(String why) {
        return new IllegalStateException("Evenkeel does not start without demo data while " + why);
    }

    /** A configuration with these variables set, given as name, value, name, value; for tests and tools. */
    public static Configuration of(String... namesAndValues) {
        return new Configuration(name -> Optional.ofNullable(find(name, namesAndValues)));
    }

    private static @Nullable String find(String name, String... namesAndValues) {
        for (int index = 0; index < namesAndValues.length; index += 2) {
            if (namesAndValues[index].equals(name)) {
                return namesAndValues[index + 1];
            }
        }
        return null;
    }
}
