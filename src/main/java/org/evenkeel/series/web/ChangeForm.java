package org.evenkeel.series.web;

import java.io.Serializable;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.series.GroupView;
import org.evenkeel.series.SeriesChange;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.session.SessionView.Named;
import org.jspecify.annotations.Nullable;

/** What is typed to change dates of a series, and how it stood before. */
public class ChangeForm implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How it stood. */
    private record Values(
            String name,
            @Nullable LocalTime time,
            int minutes,
            long therapist,
            List<Long> coFacilitators,
            long room,
            int capacity,
            int minimum,
            int cutoffHours,
            boolean open)
            implements Serializable {}

    private final Values seen;
    private String name;
    private @Nullable LocalTime time;
    private int dayShift;
    private int minutes;
    private long therapist;
    private long room;
    private int capacity;
    private int minimum;
    private int cutoffHours;
    private boolean open;
    private final List<Long> coFacilitators;

    ChangeForm(GroupView group, GroupView.Date date) {
        name = group.name();
        time = LocalTime.ofInstant(date.slot().start(), group.zone());
        minutes = (int)
                java.time.Duration.between(date.slot().start(), date.slot().end())
                        .toMinutes();
        therapist = date.therapist().id();
        room = date.room().id();
        capacity = date.seats();
        minimum = group.minimumSize();
        cutoffHours = group.cutoffHours();
        open = group.open();
        coFacilitators =
                new ArrayList<>(date.coFacilitators().stream().map(Named::id).toList());
        seen = new Values(
                name,
                time,
                minutes,
                therapist,
                List.copyOf(coFacilitators),
                room,
                capacity,
                minimum,
                cutoffHours,
                open);
    }

    /**
     * What differs from how it stood.
     *
     * @param one whether one date alone is changed, which keeps what it has apart from the series
     */
    SeriesChange change(boolean one, Set<Long> leave, RuleOverride override) {
        return new SeriesChange(
                differs(name.strip(), seen.name()),
                one ? time : differs(time, seen.time()),
                dayShift,
                one ? Integer.valueOf(minutes) : differs(minutes, seen.minutes()),
                one ? Long.valueOf(therapist) : differs(therapist, seen.therapist()),
                differs(List.copyOf(coFacilitators), seen.coFacilitators()),
                one ? Long.valueOf(room) : differs(room, seen.room()),
                differs(capacity, seen.capacity()),
                differs(minimum, seen.minimum()),
                differs(cutoffHours, seen.cutoffHours()),
                differs(open, seen.open()),
                leave,
                override);
    }

    /** What all dates have in common and differs, by the key of its name. */
    List<Difference> ofSeries() {
        List<Difference> found = new ArrayList<>();
        add(found, "group.field.name", seen.name(), name.strip());
        add(found, "group.field.minimum", seen.minimum(), minimum);
        add(found, "group.field.cutoffHours", seen.cutoffHours(), cutoffHours);
        add(found, "group.list.joining", joining(seen.open()), joining(open));
        return found;
    }

    private static String joining(boolean open) {
        return Notices.text(open ? "group.open" : "group.closed");
    }

    private static void add(List<Difference> found, String key, Object before, Object after) {
        if (!before.equals(after)) {
            found.add(new Difference(key, before.toString(), after.toString()));
        }
    }

    /** A thing before and after. */
    record Difference(String key, String before, String after) implements Serializable {

        /** "Minimum: 2 \u2192 3". */
        String inWords() {
            return Notices.text(
                    "group.change.from",
                    Notices.text(key),
                    before.isEmpty() ? "\u2013" : before,
                    after.isEmpty() ? "\u2013" : after);
        }
    }

    private static <T> @Nullable T differs(@Nullable T typed, @Nullable T before) {
        return Objects.equals(typed, before) ? null : typed;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public @Nullable LocalTime getTime() {
        return time;
    }

    public void setTime(@Nullable LocalTime time) {
        this.time = time;
    }

    /** So many days later; earlier if negative. */
    public int getDayShift() {
        return dayShift;
    }

    public void setDayShift(int dayShift) {
        this.dayShift = dayShift;
    }

    public int getMinutes() {
        return minutes;
    }

    public void setMinutes(int minutes) {
        this.minutes = minutes;
    }

    public long getTherapist() {
        return therapist;
    }

    public void setTherapist(long therapist) {
        this.therapist = therapist;
    }

    public long getRoom() {
        return room;
    }

    public void setRoom(long room) {
        this.room = room;
    }

    public int getCapacity() {
        return capacity;
    }

    public void setCapacity(int capacity) {
        this.capacity = capacity;
    }

    public int getMinimum() {
        return minimum;
    }

    public void setMinimum(int minimum) {
        this.minimum = minimum;
    }

    public int getCutoffHours() {
        return cutoffHours;
    }

    public void setCutoffHours(int cutoffHours) {
        this.cutoffHours = cutoffHours;
    }

    public boolean isOpen() {
        return open;
    }

    public void setOpen(boolean open) {
        this.open = open;
    }

    public List<Long> getCoFacilitators() {
        return coFacilitators;
    }
}
