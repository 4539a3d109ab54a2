package org.evenkeel.patient;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which keys a file has had, and on which line first: a hash table in a file, so that it takes no memory. A place holds the first
 * twelve bytes of the key's hash and the line.
 */
final class SeenKeys implements Closeable {
    private static final int HASH_BYTES = 12;
    private static final int PLACE_BYTES = HASH_BYTES + Integer.BYTES;

    private final FileChannel file;
    private final MessageDigest digest;
    private final long places;

    /** @param most how many keys may come */
    SeenKeys(Path path, int most) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        places = Math.max(64, Long.highestOneBit(most) * 4);
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("No SHA-256", e);
        }
    }

    /** The line on which the key came first, or 0. */
    int line(String key) throws IOException {
        return read(place(hash(key))).getInt(HASH_BYTES);
    }

    /** Remembers the key, unless it came before. */
    void add(String key, int line) throws IOException {
        ByteBuffer hash = hash(key);
        long place = place(hash);
        if (read(place).getInt(HASH_BYTES) == 0) {
            write(place, hash, line);
        }
    }

    private ByteBuffer hash(String key) {
        return ByteBuffer.wrap(digest.digest(key.getBytes(UTF_8)), 0, HASH_BYTES);
    }

    /** Where the key is, or else has its free place. */
    private long place(ByteBuffer hash) throws IOException {
        long place = hash.getLong(0) & (places - 1);
        for (ByteBuffer there = read(place);
                there.getInt(HASH_BYTES) != 0 && !there.limit(HASH_BYTES).equals(hash);
                there = read(place)) {
            place = (place + 1) & (places - 1);
        }
        return place;
    }

    /** A place that was never written is all zeros. */
    private ByteBuffer read(long place) throws IOException {
        ByteBuffer there = ByteBuffer.allocate(PLACE_BYTES);
        int read = 0;
        while (there.hasRemaining() && read >= 0) {
            read = file.read(there, place * PLACE_BYTES + there.position());
        }
        return there.rewind().limit(PLACE_BYTES);
    }

    private void write(long place, ByteBuffer hash, int line) throws IOException {
        ByteBuffer there = ByteBuffer.allocate(PLACE_BYTES)
                .put(hash.duplicate())
                .putInt(line)
                .flip();
        while (there.hasRemaining()) {
            file.write(there, place * PLACE_BYTES + there.position());
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
