package org.evenkeel.platform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * The file of the embedded database, before H2 opens it. After a {@code kill -9} H2 (2.2 to 2.5 at least) may open an older state than
 * the last one in the file: where a commit was written into a gap, the header of the file leads to the state before it for up
 * to twenty commits more. They are in the file nevertheless; a search through all of it finds them and mends the header.
 *
 * @param path without the ending that H2 adds
 * @param key of the file; null: it is not encrypted
 */
record EmbeddedFile(Path path, char @Nullable [] key) {
    private static final System.Logger LOG = System.getLogger(EmbeddedFile.class.getName());
    private static final String PREFIX = "jdbc:h2:file:";

    /**
     * The file that an address of JDBC leads to; empty if it leads to none.
     *
     * @param password H2's: where the file is encrypted its key, a space, and the password of the account
     */
    static Optional<EmbeddedFile> of(String url, String password) {
        if (!url.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String[] parts = url.substring(PREFIX.length()).split(";", 2);
        boolean encrypted =
                parts.length == 2 && parts[1].toUpperCase(Locale.ROOT).contains("CIPHER=");
        int space = password.lastIndexOf(' ');
        char[] key = encrypted && space >= 0 ? password.substring(0, space).toCharArray() : null;
        return Optional.of(new EmbeddedFile(Path.of(parts[0] + ".mv.db"), key));
    }

    /** Finds the last commit of a file that was not closed. Nobody may have it open. */
    void recover() {
        if (!Files.exists(path) || wasClosed()) {
            return;
        }
        LOG.log(System.Logger.Level.INFO, "The embedded database was not closed; looking for its last commit");
        // Closing writes where the last commit is.
        builder().recoveryMode().open().close();
    }

    private boolean wasClosed() {
        try (MVStore store = builder().readOnly().open()) {
            return store.getStoreHeader().containsKey("clean");
        }
    }

    private MVStore.Builder builder() {
        MVStore.Builder builder = new MVStore.Builder()
                .fileName(path.toString())
                .autoCommitDisabled()
                .autoCompactFillRate(0);
        return key == null ? builder : builder.encryptionKey(key.clone());
    }

    /** The path alone. */
    @Override
    public String toString() {
        return path.toString();
    }
}
