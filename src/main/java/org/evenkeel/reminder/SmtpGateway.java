package org.evenkeel.reminder;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.evenkeel.reminder.Delivery.Outcome;
import org.jspecify.annotations.Nullable;

/** Sends e-mail over SMTP, many messages over one connection. */
final class SmtpGateway implements Gateway {
    private static final System.Logger LOG = System.getLogger(SmtpGateway.class.getName());

    /** After so long without a message a connection may be gone without saying so, and is asked. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private static final Pattern REPLY = Pattern.compile("\\s*([245]\\d\\d)\\b.*", Pattern.DOTALL);

    private final SmtpSettings settings;
    private final Clock clock;
    private final Session session;

    SmtpGateway(SmtpSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.session = Session.getInstance(settings.properties());
    }

    @Override
    public Channel channel() {
        return Channel.EMAIL;
    }

    @Override
    public Line open() throws IOException {
        try {
            Transport transport = session.getTransport("smtp");
            transport.connect(settings.host(), settings.port(), settings.user(), settings.password());
            return new Connection(transport);
        } catch (MessagingException e) {
            LOG.log(System.Logger.Level.WARNING, "The mail server cannot be reached: {0}", kinds(e));
            throw new IOException(e);
        }
    }

    private final class Connection implements Line {
        private final Transport transport;
        private boolean broken;
        private long lastUsed = System.nanoTime();

        private Connection(Transport transport) {
            this.transport = transport;
        }

        @Override
        public boolean isReady() {
            boolean fresh = System.nanoTime() - lastUsed < IDLE.toNanos();
            return !broken && (fresh || transport.isConnected());
        }

        @Override
        public Delivery send(Outgoing message, Departure departure) {
            Letter letter;
            try {
                letter = new Letter(session, settings, message, departure, clock.instant());
            } catch (MessagingException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Reminder {0} makes no e-mail: {1}",
                        message.reminderId(),
                        kinds(e));
                return Delivery.of(Outcome.REFUSED);
            }
            try {
                Address[] recipients = letter.getAllRecipients();
                transport.sendMessage(letter, recipients);
                return Delivery.accepted(letter.id());
            } catch (MessagingException e) {
                return Delivery.of(outcome(message, letter, e));
            } catch (RuntimeException e) {
                broken = true;
                return Delivery.of(letter.isLeaving() ? Outcome.UNKNOWN : Outcome.NOT_NOW);
            } finally {
                lastUsed = System.nanoTime();
            }
        }

        private Outcome outcome(Outgoing message, Letter letter, MessagingException e) {
            int reply = reply(e);
            broken = reply == 0 || reply == 421;
            LOG.log(
                    System.Logger.Level.INFO,
                    "Reminder {0} was not taken: {1} {2}",
                    message.reminderId(),
                    reply == 0 ? "no answer" : Integer.toString(reply),
                    kinds(e));
            if (reply >= 500) {
                boolean noFaultOfTheAddress = isAboutUs(reply) || (!letter.isLeaving() && blamesNoAddress(e));
                return noFaultOfTheAddress ? Outcome.NOT_NOW : Outcome.REFUSED;
            }
            return reply >= 400 || !letter.isLeaving() ? Outcome.NOT_NOW : Outcome.UNKNOWN;
        }

        @Override
        public void close() {
            try {
                transport.close();
            } catch (MessagingException e) {
                LOG.log(System.Logger.Level.DEBUG, "A mail connection closed badly: {0}", kinds(e));
            }
        }
    }

    /** The server wants an account, or another one: no fault of the address. */
    private static boolean isAboutUs(int reply) {
        return reply == 530 || reply == 534 || reply == 535 || reply == 538;
    }

    /** It is the sender that the server does not take, or that it takes none at all. */
    private static boolean blamesNoAddress(MessagingException error) {
        return error instanceof SendFailedException failed
                && (failed.getInvalidAddresses() == null || failed.getInvalidAddresses().length == 0);
    }

    /** The first code by which the server has said no; 0 if it has not answered. */
    private static int reply(MessagingException error) {
        int found = 0;
        for (@Nullable Exception e = error; e != null && found < 400; ) {
            Matcher reply = REPLY.matcher(e.getMessage() == null ? "" : e.getMessage());
            found = reply.matches() ? Integer.parseInt(reply.group(1)) : 0;
            e = e instanceof MessagingException next ? next.getNextException() : null;
        }
        return found >= 400 ? found : 0;
    }

    /** What went wrong, without what was said: answers of mail servers quote addresses. */
    private static String kinds(MessagingException error) {
        StringBuilder kinds = new StringBuilder();
        for (@Nullable Exception e = error; e != null; ) {
            kinds.append(kinds.isEmpty() ? "" : " ").append(e.getClass().getSimpleName());
            e = e instanceof MessagingException next ? next.getNextException() : null;
        }
        return kinds.toString();
    }
}
