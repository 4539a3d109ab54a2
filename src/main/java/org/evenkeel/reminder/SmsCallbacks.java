package org.evenkeel.reminder;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.evenkeel.platform.Configuration;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Transactions;

/**
 * What the provider of text messages tells us: what has become of a message, and what patients write. Each call is signed as Twilio does:
 * HMAC-SHA1, under the token that we share, of the address that was called and of its fields in the order of their names.
 */
@ApplicationScoped
public class SmsCallbacks {

    /** Where the provider tells what has become of a message. */
    public static final String STATUS = "/sms/status";

    /** Where it hands on what patients write. */
    public static final String INCOMING = "/sms/incoming";

    /** The parameter of that address by which the provider says which message it speaks of. */
    public static final String MESSAGE = "m";

    private Configuration configuration;
    private Outbox outbox;
    private Transactions transactions;
    private SmsReplies replies;

    @SuppressWarnings("NullAway.Init")
    protected SmsCallbacks() {}

    @Inject
    public SmsCallbacks(Configuration configuration, Outbox outbox, Transactions transactions, SmsReplies replies) {
        this.configuration = configuration;
        this.outbox = outbox;
        this.transactions = transactions;
        this.replies = replies;
    }

    /** What is added to the address for a reminder: known before the message leaves, as the provider's own name for it is not. */
    static String of(long reminderId) {
        return "?" + MESSAGE + "=" + reminderId;
    }

    /**
     * A message has got further, or not; that settles what is unknown because the provider's answer was lost. One that nobody knows is
     * ignored.
     *
     * @param message {@link #MESSAGE} of the address
     * @param fields of the form
     * @throws NotFound if there is no provider, or the address is none of ours
     * @throws NotAllowed if it is not the provider who calls
     */
    public void status(String message, Map<String, String> fields, String signature) {
        if (!message.matches("[0-9]{1,18}")) {
            throw new NotFound("message", message);
        }
        long id = Long.parseLong(message);
        require(STATUS + of(id), fields, signature);
        String receipt = fields.getOrDefault("MessageSid", "");
        switch (fields.getOrDefault("MessageStatus", "")) {
            case "delivered", "read" -> transactions.runInNew(() -> outbox.delivered(id, receipt));
            case "undelivered", "failed" -> transactions.runInNew(() -> outbox.undelivered(id));
            default -> transactions.runInNew(() -> outbox.accepted(id, receipt));
        }
    }

    /**
     * A patient has written.
     *
     * @return what to answer; empty: nothing
     * @throws NotFound if there is no provider
     * @throws NotAllowed if it is not the provider who calls
     */
    public Optional<String> incoming(Map<String, String> fields, String signature) {
        require(INCOMING, fields, signature);
        String from = fields.getOrDefault("From", "");
        return from.matches("\\+[0-9]{3,20}")
                ? replies.receive(from, fields.getOrDefault("Body", ""), fields.getOrDefault("MessageSid", ""))
                : Optional.empty();
    }

    private void require(String path, Map<String, String> fields, String signature) {
        SmsSettings settings = SmsSettings.of(configuration).orElseThrow(() -> new NotFound("page", path));
        String expected = signature(settings.token(), configuration.publicAddress() + path, fields);
        if (!MessageDigest.isEqual(expected.getBytes(UTF_8), signature.getBytes(UTF_8))) {
            throw new NotAllowed("call back without the provider's signature");
        }
    }

    /** What the provider signs a call with. */
    static String signature(String token, String address, Map<String, String> fields) {
        StringBuilder signed = new StringBuilder(address);
        new TreeMap<>(fields).forEach((name, value) -> signed.append(name).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA1"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.toString().getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA1", e);
        }
    }
}
