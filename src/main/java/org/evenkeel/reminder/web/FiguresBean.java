package org.evenkeel.reminder.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.reminder.ReminderFigures;
import org.evenkeel.reminder.ReminderFigures.Counts;
import org.evenkeel.reminder.ReminderFigures.Day;
import org.evenkeel.shared.Invalid;
import org.jspecify.annotations.Nullable;

/** How messages went, day by day. */
@Named("reminderFigures")
@RequestScoped
public class FiguresBean {
    private static final int DAYS = 13;

    private final ReminderFigures figures;
    private final SignedIn signedIn;
    private final Clock clock;

    private @Nullable LocalDate from;
    private @Nullable LocalDate to;
    private List<Day> days = List.of();

    @Inject
    public FiguresBean(ReminderFigures figures, SignedIn signedIn, Clock clock) {
        this.figures = figures;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    @SuppressWarnings("NullAway")
    protected FiguresBean() {
        this(null, null, null);
    }

    public void open() {
        LocalDate last = to == null ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) : to;
        LocalDate first = from == null ? last.minusDays(DAYS) : from;
        to = last;
        from = first;
        try {
            days = figures.byDay(signedIn.actor(), first, last);
        } catch (Invalid e) {
            Notices.invalid(e);
        }
    }

    public List<Day> getDays() {
        return days;
    }

    /** All days together. */
    public Counts getSum() {
        return ReminderFigures.sum(days);
    }

    /** "62%", or "" of nothing. */
    public String share(int part, int whole) {
        return whole == 0 ? "" : Math.round(part * 100.0 / whole) + "%";
    }

    public @Nullable LocalDate getFrom() {
        return from;
    }

    public void setFrom(@Nullable LocalDate from) {
        this.from = from;
    }

    public @Nullable LocalDate getTo() {
        return to;
    }

    public void setTo(@Nullable LocalDate to) {
        this.to = to;
    }
}
