package org.evenkeel.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedFileTest {
    private static final int COMMITS = 400;
    private static final String KEY = "file key";

    @TempDir
    Path directory;

    /** Commits of all sizes leave gaps that smaller ones are written into; a copy is what a killed process leaves behind. */
    @Test
    void everyCommitIsThereAfterAKill() throws IOException {
        Path running = directory.resolve("running.mv.db");
        Path killed = directory.resolve("killed.mv.db");
        EmbeddedFile file = EmbeddedFile.of(
                        "jdbc:h2:file:" + directory.resolve("killed") + ";CIPHER=AES", KEY + " password")
                .orElseThrow();
        Random random = new Random(7);
        int lostWithout = 0;
        try (MVStore store = open(running)) {
            store.setRetentionTime(0);
            store.setVersionsToKeep(0);
            MVMap<Integer, String> map = store.openMap("data");
            for (int commit = 1; commit <= COMMITS; commit++) {
                for (int row = random.nextInt(200); row >= 0; row--) {
                    map.put(random.nextInt(2000), "x".repeat(200));
                }
                map.put(-1, Integer.toString(commit));
                store.commit();
                Files.copy(running, killed, StandardCopyOption.REPLACE_EXISTING);
                if (commit % 10 == 0 && last(killed) != commit) {
                    lostWithout++;
                    Files.copy(running, killed, StandardCopyOption.REPLACE_EXISTING);
                    file.recover();
                    assertEquals(commit, last(killed));
                }
            }
        }
        assertTrue(lostWithout > 0, "H2 has mended it: EmbeddedFile can go");
    }

    @Test
    void leavesAloneWhatWasClosedOrIsNotThere() throws IOException {
        Path closed = directory.resolve("killed.mv.db");
        EmbeddedFile file = EmbeddedFile.of("jdbc:h2:file:" + directory.resolve("killed") + ";cipher=aes", KEY + " p")
                .orElseThrow();
        file.recover();
        open(closed).close();
        byte[] before = Files.readAllBytes(closed);
        file.recover();
        org.junit.jupiter.api.Assertions.assertArrayEquals(before, Files.readAllBytes(closed));
    }

    @Test
    void isReadFromTheAddress() {
        assertTrue(EmbeddedFile.of("jdbc:postgresql://localhost/evenkeel", "x").isEmpty());
        EmbeddedFile plain = EmbeddedFile.of("jdbc:h2:file:/data/evenkeel;WRITE_DELAY=0", "a b")
                .orElseThrow();
        assertEquals("/data/evenkeel.mv.db", plain.toString());
        assertNull(plain.key());
    }

    private static int last(Path file) {
        try (MVStore store = open(file)) {
            return Integer.parseInt(store.<Integer, String>openMap("data").getOrDefault(-1, "0"));
        }
    }

    private static MVStore open(Path file) {
        return new MVStore.Builder()
                .fileName(file.toString())
                .encryptionKey(KEY.toCharArray())
                .autoCommitDisabled()
                .open();
    }
}
