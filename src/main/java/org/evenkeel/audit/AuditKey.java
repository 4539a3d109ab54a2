package org.evenkeel.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.evenkeel.platform.Configuration;

/** Makes the codes of the chain: HMAC-SHA-256 under a key that lies outside the database. */
@ApplicationScoped
public class AuditKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST = 32;

    private final String key;

    /**
     * The key is the variable {@code audit.key}, so that who administers the database need not know it; where that is not set, it comes
     * from the key of the data, and is as public as that in the demo.
     *
     * @throws IllegalStateException if {@code audit.key} is too short
     */
    @Inject
    public AuditKey(Configuration configuration) {
        key = configuration
                .text("audit.key")
                .map(AuditKey::checked)
                .orElseGet(() -> "audit " + configuration.dataKey());
    }

    @SuppressWarnings("NullAway")
    protected AuditKey() {
        this.key = null;
    }

    private static String checked(String key) {
        if (key.length() < SHORTEST) {
            throw new IllegalStateException("audit.key needs at least " + SHORTEST + " characters");
        }
        return key;
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
