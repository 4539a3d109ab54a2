package org.evenkeel.identity;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;

/** Hashes passwords with Argon2id: 19 MiB, two passes, one lane; some 100 ms each, and only a few at once. */
@ApplicationScoped
public class Passwords {
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int LENGTH = 32;

    /** As RFC 9106, section 3.1, recommends. */
    private static final int SALT_BYTES = 16;

    private final Argon2Function function = Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, LENGTH, Argon2.ID);
    private final Semaphore turns =
            new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()));

    /** A hash of nothing that anyone knows, to be checked where there is no account, so that the answer takes as long. */
    private final String decoy = hash(Secrets.random());

    public String hash(String password) {
        turns.acquireUninterruptibly();
        try {
            return Password.hash(password)
                    .addRandomSalt(SALT_BYTES)
                    .with(function)
                    .getResult();
        } finally {
            turns.release();
        }
    }

    public boolean matches(String password, String hash) {
        turns.acquireUninterruptibly();
        try {
            return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
        } finally {
            turns.release();
        }
    }

    /** Whether the hash was made with other parameters than today's, so that it is renewed at the next login. */
    public boolean isOutdated(String hash) {
        return !Argon2Function.getInstanceFromHash(hash).equals(function);
    }

    String decoy() {
        return decoy;
    }
}
