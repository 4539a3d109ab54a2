package org.evenkeel.patient;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.patient.ImportOutcome.Kind;
import org.jspecify.annotations.Nullable;

/** The outcomes of a run, in a file of records of one size: any page of them can be read, and none is kept in memory. */
final class OutcomeSpool implements Closeable {
    private static final int RECORD_BYTES = 512;
    private static final int TEXT_BYTES = RECORD_BYTES - Integer.BYTES - 2 * Short.BYTES - 1;
    private static final int BLOCK = 128;

    private final FileChannel file;
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private int size;

    OutcomeSpool(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    synchronized void add(List<ImportOutcome> outcomes) throws IOException {
        ByteBuffer records = ByteBuffer.allocate(outcomes.size() * RECORD_BYTES);
        for (ImportOutcome outcome : outcomes) {
            int start = records.position();
            byte[] who = cut(outcome.who(), TEXT_BYTES / 2);
            byte[] detail = cut(outcome.detail(), TEXT_BYTES - who.length);
            records.putInt(outcome.line()).put((byte) outcome.kind().ordinal());
            records.putShort((short) who.length)
                    .put(who)
                    .putShort((short) detail.length)
                    .put(detail);
            records.position(start + RECORD_BYTES);
            counts.merge(outcome.kind(), 1, Integer::sum);
        }
        records.flip();
        for (long at = (long) size * RECORD_BYTES; records.hasRemaining(); ) {
            at += file.write(records, at);
        }
        size += outcomes.size();
    }

    /** @param kind null: all */
    synchronized int count(@Nullable Kind kind) {
        return kind == null ? size : counts.getOrDefault(kind, 0);
    }

    /**
     * Outcomes by line.
     *
     * @param kind null: all
     * @param first how many of the kind to leave out
     */
    synchronized List<ImportOutcome> page(@Nullable Kind kind, int first, int limit) throws IOException {
        List<ImportOutcome> page = new ArrayList<>();
        int skip = kind == null ? 0 : first;
        for (int at = kind == null ? first : 0; at < size && page.size() < limit; at += BLOCK) {
            ByteBuffer block = read(at, Math.min(BLOCK, size - at));
            for (int i = 0; i < block.limit() / RECORD_BYTES && page.size() < limit; i++) {
                ImportOutcome outcome = outcome(block, i * RECORD_BYTES);
                if (kind == null || (outcome.kind() == kind && --skip < 0)) {
                    page.add(outcome);
                }
            }
        }
        return page;
    }

    private ByteBuffer read(int from, int records) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(records * RECORD_BYTES);
        long at = (long) from * RECORD_BYTES;
        while (block.hasRemaining()) {
            int read = file.read(block, at + block.position());
            if (read < 0) {
                // The last record may be shorter than its place.
                break;
            }
        }
        return block.position(block.limit()).flip();
    }

    private static ImportOutcome outcome(ByteBuffer block, int at) {
        block.position(at);
        int line = block.getInt();
        Kind kind = Kind.values()[block.get()];
        return new ImportOutcome(line, kind, text(block), text(block));
    }

    private static String text(ByteBuffer block) {
        byte[] bytes = new byte[block.getShort()];
        block.get(bytes);
        return new String(bytes, UTF_8);
    }

    /** The bytes of as much of a text as fits. */
    private static byte[] cut(String text, int most) {
        String fitting = text;
        while (fitting.getBytes(UTF_8).length > most) {
            int end = fitting.offsetByCodePoints(fitting.length(), -1);
            fitting = fitting.substring(0, end);
        }
        return fitting.getBytes(UTF_8);
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
