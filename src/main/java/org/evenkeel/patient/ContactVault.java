package org.evenkeel.patient;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.evenkeel.platform.Configuration;

/**
 * Seals contacts for the database: AES-256-GCM with the id of the row as associated data, so that a value that was copied to
 * another row does not open. A sealed value starts with the id of its key, a fingerprint, so that a wrong key is told from a
 * broken value. Both keys are derived from one secret.
 */
@Dependent
public class ContactVault {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** Changes with the rules by which writings of one contact are told to be the same. */
    private static final int RULES = 2;

    private final SecretKeySpec sealKey;
    private final SecretKeySpec lookupKey;
    private final String keyId;
    private final PhoneNumbers phones;
    private final SecureRandom random = new SecureRandom();

    @Inject
    ContactVault(Configuration configuration) {
        this(configuration.dataKey(), PhoneNumbers.of(configuration));
    }

    /** Of a centre in North America. */
    public ContactVault(String secret) {
        this(secret, PhoneNumbers.of(Configuration.of()));
    }

    /** @param secret from the configuration; whoever has it can read every contact */
    public ContactVault(String secret, PhoneNumbers phones) {
        this.phones = phones;
        sealKey = new SecretKeySpec(derived(secret, "contact seal"), "AES");
        lookupKey = new SecretKeySpec(derived(secret, "contact lookup"), "HmacSHA256");
        keyId = HexFormat.of().formatHex(derived(secret, "contact key id"), 0, 4);
    }

    public String seal(long rowId, String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, rowId, nonce, text.getBytes(UTF_8));
        byte[] whole = ByteBuffer.allocate(nonce.length + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
        return keyId + ":" + Base64.getEncoder().encodeToString(whole);
    }

    /** @throws IllegalStateException if it was sealed under another key or for another row, or was changed */
    public String open(long rowId, String sealed) {
        int colon = sealed.indexOf(':');
        if (!sealed.substring(0, Math.max(colon, 0)).equals(keyId)) {
            throw new IllegalStateException("Contact point " + rowId + " was sealed under another key");
        }
        byte[] whole = Base64.getDecoder().decode(sealed.substring(colon + 1));
        byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
        byte[] body = Arrays.copyOfRange(whole, NONCE_BYTES, whole.length);
        return new String(cipher(Cipher.DECRYPT_MODE, rowId, nonce, body), UTF_8);
    }

    /** The same for all writings of one contact, and of no use without the key: 64 hexadecimal digits. */
    public String lookup(Contact contact) {
        return HexFormat.of().formatHex(mac(lookupKey, contact.kind() + ":" + contact.normalised(phones)));
    }

    /** What lookups depend on beside the contact: where this is another, they all are to be made anew. */
    String lookupsBy() {
        return RULES + " +" + phones.country() + " " + keyId;
    }

    private byte[] cipher(int mode, long rowId, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, sealKey, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(ByteBuffer.allocate(Long.BYTES).putLong(0, rowId));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Contact point " + rowId + " cannot be sealed or opened", e);
        }
    }

    private static byte[] derived(String secret, String purpose) {
        return mac(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"), purpose);
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("No HmacSHA256", e);
        }
    }
}
