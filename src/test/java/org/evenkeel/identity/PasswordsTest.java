package org.evenkeel.identity;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import org.evenkeel.shared.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    private final Passwords passwords = IdentityFixture.PASSWORDS;

    @Test
    void hashesAreArgon2idWithTheParametersPromised() {
        String hash = passwords.hash("quiet river under stones");
        assertTrue(hash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), hash);
        assertNotEquals(hash, passwords.hash("quiet river under stones"));
        assertTrue(passwords.matches("quiet river under stones", hash));
        assertFalse(passwords.matches("quiet river under stone", hash));
        assertFalse(passwords.isOutdated(hash));
    }

    @Test
    void olderParametersAreStillUnderstoodAndCalledOutdated() {
        String old = Password.hash("quiet river under stones")
                .addRandomSalt()
                .with(Argon2Function.getInstance(8192, 1, 1, 32, Argon2.ID))
                .getResult();
        assertTrue(passwords.matches("quiet river under stones", old));
        assertTrue(passwords.isOutdated(old));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "elevenchars",
                "aaaaaaaaaaaaaaaa",
                "abababababababab",
                "123456789012",
                "abcdefghijkl",
                "password1234",
                "Password-2027!",
                "evenkeel123456",
                "Demo-Evenkeel-1",
                "desk-at-the-front"
            })
    void whatIsShortOrObviousIsRefused(String password) {
        assertThrows(Invalid.class, () -> PasswordRules.check(password, "desk"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quiet river under stones",
                "vier Pferde im Regen",
                "x7#kQp2!mZr9",
                "пять тихих синих рек",
                "a phrase of two hundred and more characters is nobody's business but its owner's, and since it is hashed it costs"
                        + " nothing to store, so the upper bound is only there to keep a request from being a burden to the server"
            })
    void whatIsLongAndUnusualIsTaken(String password) {
        assertDoesNotThrow(() -> PasswordRules.check(password, "desk"));
    }
}
