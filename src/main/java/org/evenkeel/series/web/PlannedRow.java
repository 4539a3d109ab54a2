package org.evenkeel.series.web;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.evenkeel.series.SeriesPlan.PlannedDate;
import org.evenkeel.series.SeriesWish.Decision;
import org.evenkeel.session.Rule;
import org.evenkeel.shared.TimeSlot;
import org.jspecify.annotations.Nullable;

/** A date in the preview of a series: what speaks against it, and what is to be done with it. */
public class PlannedRow implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Stands for all co-facilitators. */
    public static final long ALL = 0;

    private final LocalDateTime wallTime;
    private final ZoneId zone;
    private List<String> refusals = List.of();
    private List<String> told = List.of();
    private boolean conflict;
    private boolean closed;
    private boolean soft;
    private boolean clockChange;
    private boolean skipped;
    private @Nullable LocalDate date;
    private @Nullable LocalTime time;
    private @Nullable Long therapist;
    private @Nullable Long room;
    private @Nullable Long without;
    private @Nullable Long substitute;

    PlannedRow(LocalDateTime wallTime, ZoneId zone) {
        this.wallTime = wallTime;
        this.zone = zone;
    }

    /**
     * What the plan says of it; what is to be done with it stays.
     *
     * @param throughout what is said of all dates, and not again of each
     */
    void show(PlannedDate planned, Throughout throughout) {
        TimeSlot slot = planned.slot();
        Instant wanted = slot == null ? wallTime.atZone(zone).toInstant() : slot.start();
        refusals = Told.of(throughout.beyond(planned), wanted, zone);
        conflict = !planned.refusals().isEmpty();
        told = Told.of(planned.told(), wanted, zone);
        closed = planned.refusals().stream().anyMatch(r -> r.rule() == Rule.SITE_CLOSED);
        soft = !planned.isClear() && planned.isSoft();
        clockChange = planned.clockChange();
        skipped = planned.skipped();
    }

    /**
     * What is to be done with it; null: it is held as the rule has it.
     *
     * @param all the co-facilitators of the series
     */
    @Nullable
    Decision decision(List<Long> all) {
        if (skipped) {
            return Decision.SKIP;
        }
        Decision decision =
                new Decision(false, movedTo(), therapist, isFacilitatedOtherwise() ? facilitators(all) : null, room);
        return decision.equals(Decision.NONE) ? null : decision;
    }

    private @Nullable LocalDateTime movedTo() {
        return date == null && time == null
                ? null
                : LocalDateTime.of(
                        date == null ? wallTime.toLocalDate() : date, time == null ? wallTime.toLocalTime() : time);
    }

    private boolean isFacilitatedOtherwise() {
        return without != null || substitute != null;
    }

    private List<Long> facilitators(List<Long> all) {
        return Stream.concat(all.stream().filter(t -> !isLeftOut(t)), Stream.ofNullable(substitute))
                .distinct()
                .toList();
    }

    private boolean isLeftOut(Long coFacilitator) {
        return without != null && (without == ALL || without.equals(coFacilitator));
    }

    void skip() {
        skipped = true;
    }

    void unskip() {
        skipped = false;
    }

    public LocalDateTime getWallTime() {
        return wallTime;
    }

    /** When it is held, after a move too. */
    public LocalDateTime getHeldAt() {
        LocalDateTime moved = skipped ? null : movedTo();
        return moved == null ? wallTime : moved;
    }

    public boolean isMoved() {
        return !getHeldAt().equals(wallTime);
    }

    /** Whether something was decided for it but for skipping. */
    public boolean isChanged() {
        return !skipped && decision(List.of()) != null;
    }

    /** Whether something speaks against it. */
    public boolean isConflict() {
        return conflict;
    }

    /** Whether a reason gets past what speaks against it. */
    public boolean isSoft() {
        return soft;
    }

    public boolean isClosed() {
        return closed;
    }

    public boolean isClockChange() {
        return clockChange;
    }

    public boolean isSkipped() {
        return skipped;
    }

    /** What speaks against this date in particular. */
    public List<String> getRefusals() {
        return refusals;
    }

    /** What is only told. */
    public List<String> getTold() {
        return told;
    }

    public @Nullable LocalDate getDate() {
        return date;
    }

    public void setDate(@Nullable LocalDate date) {
        this.date = date;
    }

    public @Nullable LocalTime getTime() {
        return time;
    }

    public void setTime(@Nullable LocalTime time) {
        this.time = time;
    }

    public @Nullable Long getTherapist() {
        return therapist;
    }

    public void setTherapist(@Nullable Long therapist) {
        this.therapist = therapist;
    }

    public @Nullable Long getRoom() {
        return room;
    }

    public void setRoom(@Nullable Long room) {
        this.room = room;
    }

    /** The co-facilitator who does not come; {@link #ALL}; null: all of them come. */
    public @Nullable Long getWithout() {
        return without;
    }

    public void setWithout(@Nullable Long without) {
        this.without = without;
    }

    /** Who facilitates it instead, or as well. */
    public @Nullable Long getSubstitute() {
        return substitute;
    }

    public void setSubstitute(@Nullable Long substitute) {
        this.substitute = substitute;
    }
}
