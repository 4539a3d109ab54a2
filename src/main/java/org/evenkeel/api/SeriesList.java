package org.evenkeel.api;

import java.util.List;
import java.util.Objects;
import org.evenkeel.series.GroupRow;
import org.jspecify.annotations.Nullable;

/** A page of series. */
public record SeriesList(List<Item> items, @Nullable String next) {

    /** A series by its next date. */
    public record Item(
            long id,
            String name,
            String modality,
            Ref therapist,
            Ref room,
            SessionDocument.Site site,
            String rule,
            boolean open,
            @Nullable String nextStart,
            @Nullable Long nextSession,
            int coming,
            int seats,
            int free,
            int datesLeft,
            int waiting) {}

    static Item item(GroupRow row) {
        return new Item(
                row.id(),
                row.name(),
                row.modality().code(),
                new Ref(row.therapist().id(), row.therapist().name()),
                new Ref(row.room().id(), row.room().name()),
                new SessionDocument.Site(
                        row.site().id(), row.site().name(), row.site().zone().getId()),
                row.rule(),
                row.open(),
                row.next() == null
                        ? null
                        : SessionDocument.time(
                                Objects.requireNonNull(row.next()).start(),
                                row.site().zone()),
                row.nextSessionId(),
                row.coming(),
                row.seats(),
                row.free(),
                row.left(),
                row.waiting());
    }
}
