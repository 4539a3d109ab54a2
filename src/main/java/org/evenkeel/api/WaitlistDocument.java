package org.evenkeel.api;

import java.util.List;
import org.evenkeel.series.WaitlistRow;
import org.jspecify.annotations.Nullable;

/** Who waits for a seat in a series, in order. */
public record WaitlistDocument(List<Item> items, @Nullable String next) {

    /** One who waits. */
    public record Item(
            long id,
            SessionDocument.Patient patient,
            int priority,
            String waitingSince,
            String from,
            int missed,
            @Nullable String heldUntil) {}

    static Item item(WaitlistRow row) {
        return new Item(
                row.id(),
                new SessionDocument.Patient(row.patientId(), row.patient(), row.recordNumber()),
                row.priority(),
                row.waitingSince().toString(),
                row.from().toString(),
                row.missed(),
                row.heldUntil() == null ? null : row.heldUntil().toString());
    }
}
