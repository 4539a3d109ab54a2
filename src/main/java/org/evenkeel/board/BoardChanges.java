package org.evenkeel.board;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.evenkeel.platform.Push;
import org.evenkeel.series.SeriesChanged;
import org.evenkeel.session.SessionChanged;
import org.evenkeel.shared.TimeSlot;

/** Tells open boards which dates have changed, once the change is committed. */
@ApplicationScoped
public class BoardChanges {
    /** The name of the boards' channel. */
    public static final String CHANNEL = "board";

    private final Push push;

    @Inject
    public BoardChanges(Push push) {
        this.push = push;
    }

    @SuppressWarnings("NullAway")
    protected BoardChanges() {
        this(null);
    }

    public void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) SessionChanged event) {
        send(event.slots());
    }

    /** A seat that is kept for someone is not free on the board either. */
    public void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) SeriesChanged event) {
        if (!event.kept().isEmpty()) {
            send(event.kept());
        }
    }

    private void send(List<TimeSlot> slots) {
        Set<String> dates = new TreeSet<>();
        slots.forEach(slot -> datesAnywhere(slot).forEach(date -> dates.add(date.toString())));
        push.send(CHANNEL, Map.of("dates", dates));
    }

    /**
     * Every date that the slot may touch, in whatever zone: a therapist is shown as busy on the boards of all the sites where
     * they work that day.
     */
    static Set<LocalDate> datesAnywhere(TimeSlot slot) {
        LocalDate first = slot.start().atOffset(ZoneOffset.ofHours(-12)).toLocalDate();
        LocalDate last =
                slot.end().minusNanos(1).atOffset(ZoneOffset.ofHours(14)).toLocalDate();
        Set<LocalDate> dates = new TreeSet<>();
        first.datesUntil(last.plusDays(1)).forEach(dates::add);
        return dates;
    }
}
