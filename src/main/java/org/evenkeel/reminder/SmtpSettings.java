package org.evenkeel.reminder;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.evenkeel.platform.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the mail server, and in whose name.
 *
 * @param user null: it asks for no account
 * @param from the address that messages come from
 * @param sender the name that they come from; neutral
 * @param patience how long to wait for each answer of the server
 */
record SmtpSettings(
        String host,
        int port,
        Security security,
        @Nullable String user,
        @Nullable String password,
        String from,
        String sender,
        Duration patience) {

    private static final int CONNECT_MILLIS = 5_000;

    /** Four answers make a message, and all of them have to come within {@link Outbox#LEASE}. */
    private static final Duration USUAL = Duration.ofSeconds(20);

    /** How a connection is kept from others. */
    enum Security {
        NONE(25),
        STARTTLS(587),
        SSL(465);

        private final int port;

        Security(int port) {
            this.port = port;
        }
    }

    /**
     * What the operator has set; empty if there is no mail server.
     *
     * @throws IllegalStateException telling the operator what to set
     */
    static Optional<SmtpSettings> of(Configuration configuration) {
        return configuration.text("mail.host").map(host -> {
            Security security =
                    configuration.text("mail.tls").map(SmtpSettings::security).orElse(Security.STARTTLS);
            return new SmtpSettings(
                    host,
                    configuration.text("mail.port").map(Integer::parseInt).orElse(security.port),
                    security,
                    configuration.text("mail.user").orElse(null),
                    configuration.text("mail.password").orElse(null),
                    configuration
                            .text("mail.from")
                            .orElseThrow(() -> new IllegalStateException("mail.from is not set, and mail.host is")),
                    configuration.text("mail.sender").orElse("Appointments"),
                    USUAL);
        });
    }

    private static Security security(String text) {
        try {
            return Security.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("mail.tls must be none, starttls or ssl", e);
        }
    }

    /** What comes after the @; it stands for us wherever the name of this machine would. */
    String domain() {
        return from.substring(from.indexOf('@') + 1);
    }

    /**
     * Without a timeout for writing, which costs a fifth of the time: no more than one message is ever on its way, and that fits into the
     * buffer of a socket, so that what hangs is seen in waiting for the answer.
     */
    Properties properties() {
        String millis = Long.toString(patience.toMillis());
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.connectiontimeout", Integer.toString(CONNECT_MILLIS));
        properties.setProperty("mail.smtp.timeout", millis);
        properties.setProperty("mail.smtp.localhost", domain());
        properties.setProperty("mail.smtp.auth", Boolean.toString(user != null));
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(security == Security.STARTTLS));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(security == Security.STARTTLS));
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(security == Security.SSL));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        return properties;
    }

    /** Secrets stay out of logs. */
    @Override
    public String toString() {
        return "SmtpSettings " + host + ":" + port;
    }
}
