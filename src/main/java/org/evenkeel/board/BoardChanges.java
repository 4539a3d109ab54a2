package org.evenkeel.board;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.evenkeel.platform.Push;
import org.evenkeel.series.SeriesChanged;
import org.evenkeel.session.SessionChanged;
import org.evenkeel.shared.CalendarChanged;
import org.evenkeel.shared.TimeSlot;

/**
 * Tells open boards which dates have changed, and of which session: those of this node once the change is committed, those of others
 * with the change.
 */
@ApplicationScoped
public class BoardChanges {
    /** The name of the boards' channel. */
    public static final String CHANNEL = "board";

    /** Stands for whatever date a board shows. */
    static final String ANY_DATE = "*";

    private final Push push;
    private final OtherNodes others;

    @Inject
    public BoardChanges(Push push, OtherNodes others) {
        this.push = push;
        this.others = others;
    }

    @SuppressWarnings("NullAway")
    protected BoardChanges() {
        this(null, null);
    }

    void changing(@Observes SessionChanged event) {
        others.tell(datesAnywhere(event.slots()));
    }

    void changing(@Observes SeriesChanged event) {
        if (!event.kept().isEmpty()) {
            others.tell(datesAnywhere(event.kept()));
        }
    }

    void changing(@Observes CalendarChanged event) {
        others.tell(dates(event));
    }

    public void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) SessionChanged event) {
        push.send(CHANNEL, Map.of("dates", datesAnywhere(event.slots()), "session", event.sessionId()));
    }

    /** A seat that is kept for someone is not free on the board either. */
    public void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) SeriesChanged event) {
        if (!event.kept().isEmpty()) {
            send(push, datesAnywhere(event.kept()));
        }
    }

    /** Who is there, and until when, is what the columns of a board are made of. */
    public void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) CalendarChanged event) {
        send(push, dates(event));
    }

    /** Has the boards of this node that show one of the dates rendered anew. */
    static void send(Push push, Collection<String> dates) {
        push.send(CHANNEL, Map.of("dates", List.copyOf(dates)));
    }

    private static Collection<String> dates(CalendarChanged event) {
        return event.slot() == null ? List.of(ANY_DATE) : datesAnywhere(List.of(event.slot()));
    }

    private static List<String> datesAnywhere(List<TimeSlot> slots) {
        return slots.stream()
                .flatMap(BoardChanges::datesAnywhere)
                .distinct()
                .sorted()
                .map(LocalDate::toString)
                .toList();
    }

    /**
     * Every date that the slot may touch, in whatever zone: a therapist is shown as busy on the boards of all the sites where
     * they work that day.
     */
    static Stream<LocalDate> datesAnywhere(TimeSlot slot) {
        LocalDate first = slot.start().atOffset(ZoneOffset.ofHours(-12)).toLocalDate();
        LocalDate last =
                slot.end().minusNanos(1).atOffset(ZoneOffset.ofHours(14)).toLocalDate();
        return first.datesUntil(last.plusDays(1));
    }
}
