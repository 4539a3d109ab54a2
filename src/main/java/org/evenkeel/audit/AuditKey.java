package org.evenkeel.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the codes of the chain: HMAC-SHA-256 under a key that lies outside the database. */
@ApplicationScoped
public class AuditKey {
    /** The well-known key of the demo clinic. */
    static final String DEMO = "demo-audit-key-of-evenkeel-not-a-secret";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST = 32;

    private final String key;

    /** @throws IllegalStateException if the key is too short, or is that of the demo and this is not the demo */
    @Inject
    public AuditKey(
            @ConfigProperty(name = "evenkeel.audit.key", defaultValue = DEMO) String key,
            @ConfigProperty(name = "evenkeel.demo", defaultValue = "false") boolean demo) {
        if (!demo && key.equals(DEMO)) {
            throw new IllegalStateException("Set the variable evenkeel.audit.key: the demo key is for demo data alone");
        }
        if (key.length() < SHORTEST) {
            throw new IllegalStateException(
                    "The variable evenkeel.audit.key needs at least " + SHORTEST + " characters");
        }
        this.key = key;
    }

    @SuppressWarnings("NullAway")
    protected AuditKey() {
        this.key = null;
    }

    /** The code of a link: over its place, all columns of its entry, and the code before it. */
    String link(long seq, AuditEntry entry, String before) {
        StringBuilder text = new StringBuilder("link");
        append(text, Long.toString(seq));
        entry.columns().forEach(column -> append(text, column));
        append(text, before);
        return code(text.toString());
    }

    /** The code of the head of the chain. */
    String head(long lastSeq, String lastMac) {
        StringBuilder text = new StringBuilder("head");
        append(text, Long.toString(lastSeq));
        append(text, lastMac);
        return code(text.toString());
    }

    /** Each with its length, so that no text can be moved from one column to the next. */
    private static void append(StringBuilder text, String column) {
        text.append('|').append(column.length()).append(':').append(column);
    }

    private String code(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
