package org.evenkeel.series.web;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.evenkeel.series.SeriesPlan.PlannedDate;
import org.evenkeel.series.SeriesWish.Decision;
import org.evenkeel.session.Rule;
import org.evenkeel.shared.TimeSlot;
import org.jspecify.annotations.Nullable;

/** A date in the preview of a series: what speaks against it, and what is to be done with it. */
public class PlannedRow implements Serializable {
    private static final long serialVersionUID = 1L;

    private final LocalDateTime wallTime;
    private final ZoneId zone;
    private List<String> refusals = List.of();
    private List<String> told = List.of();
    private boolean closed;
    private boolean soft;
    private boolean clockChange;
    private boolean skipped;
    private @Nullable LocalDate date;
    private @Nullable LocalTime time;
    private @Nullable Long therapist;
    private @Nullable Long room;

    PlannedRow(LocalDateTime wallTime, ZoneId zone) {
        this.wallTime = wallTime;
        this.zone = zone;
    }

    /** What the plan says of it; what is to be done with it stays. */
    void show(PlannedDate planned) {
        TimeSlot slot = planned.slot();
        Instant wanted = slot == null ? wallTime.atZone(zone).toInstant() : slot.start();
        refusals = Told.of(planned.refusals(), wanted, zone);
        told = Told.of(planned.told(), wanted, zone);
        closed = planned.refusals().stream().anyMatch(r -> r.rule() == Rule.SITE_CLOSED);
        soft = !planned.isClear() && planned.isSoft();
        clockChange = planned.clockChange();
        skipped = planned.skipped();
    }

    /** What is to be done with it; null: it is held as the rule has it. */
    @Nullable
    Decision decision() {
        if (skipped) {
            return Decision.SKIP;
        }
        LocalDateTime moved = date == null && time == null
                ? null
                : LocalDateTime.of(
                        date == null ? wallTime.toLocalDate() : date, time == null ? wallTime.toLocalTime() : time);
        return moved == null && therapist == null && room == null ? null : new Decision(false, moved, therapist, room);
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
        Decision decision = decision();
        LocalDateTime moved = decision == null ? null : decision.movedTo();
        return moved == null ? wallTime : moved;
    }

    public boolean isMoved() {
        return !getHeldAt().equals(wallTime);
    }

    /** Whether something was decided for it but for skipping. */
    public boolean isChanged() {
        return !skipped && decision() != null;
    }

    /** Whether something speaks against it. */
    public boolean isConflict() {
        return !refusals.isEmpty();
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
}
