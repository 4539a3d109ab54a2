package org.evenkeel.reminder;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail as it leaves: plain text, the appointments for a calendar where the consent goes so far, and no header that tells of more
 * than a mail program needs. It remembers whether the connection has taken any of its text, for until then nothing has left, and what
 * would leave too late does not, unless it still stands: many a mail server takes its time before it asks for the text.
 */
final class Letter extends MimeMessage {
    private static final String TEXT = "UTF-8";

    private final String id;
    private final Departure departure;
    private volatile boolean leaving;

    Letter(Session session, SmtpSettings settings, Outgoing message, Departure departure, Instant now)
            throws MessagingException {
        super(session);
        this.departure = departure;
        // The moment first: what is sent together then lies together in the index of receipts.
        id = "<" + Long.toString(now.toEpochMilli(), Character.MAX_RADIX) + "." + UUID.randomUUID() + "@"
                + settings.domain() + ">";
        try {
            setFrom(new InternetAddress(settings.from(), settings.sender(), TEXT));
        } catch (IOException e) {
            throw new MessagingException("The sender's name", e);
        }
        setRecipient(RecipientType.TO, new InternetAddress(message.to(), true));
        setSubject(message.subject(), TEXT);
        setSentDate(Date.from(now));
        setHeader("Auto-Submitted", "auto-generated");
        if (message.stopLink() != null) {
            setHeader("List-Unsubscribe", "<" + message.stopLink() + ">");
            setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        if (message.invitations().isEmpty()) {
            setText(message.body(), TEXT);
        } else {
            setContent(new MimeMultipart(text(message), calendar(message, now)));
        }
        saveChanges();
    }

    private static MimeBodyPart text(Outgoing message) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(message.body(), TEXT);
        return part;
    }

    private static MimeBodyPart calendar(Outgoing message, Instant now) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        byte[] bytes =
                CalendarText.of(message.subject(), message.invitations(), now).getBytes(UTF_8);
        part.setDataHandler(
                new DataHandler(new ByteArrayDataSource(bytes, "text/calendar; charset=UTF-8; method=PUBLISH")));
        part.setFileName("appointment.ics");
        return part;
    }

    /** Without the name of this machine, which the usual one has in it. */
    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", id);
    }

    /** @throws IOException if it is too late for that, and what it tells of stands no more; the connection is dropped then, before a byte of the text */
    @Override
    public void writeTo(OutputStream out, String @Nullable [] ignored) throws IOException, MessagingException {
        if (!departure.isOpen() && !departure.renewed().isOpen()) {
            throw new IOException("Too late");
        }
        leaving = true;
        super.writeTo(out, ignored);
    }

    /** Whether any of it may have left. */
    boolean isLeaving() {
        return leaving;
    }

    /** What everyone on its way calls it. */
    String id() {
        return id;
    }
}
