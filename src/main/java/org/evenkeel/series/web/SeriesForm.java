package org.evenkeel.series.web;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.evenkeel.modality.ModalityDetails;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.series.RuleWords;
import org.evenkeel.series.SeriesWish;
import org.evenkeel.series.SeriesWish.Decision;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.shared.Invalid;
import org.jspecify.annotations.Nullable;

/** What is typed to set up a series. */
public class SeriesForm implements Serializable {
    private static final long serialVersionUID = 1L;

    private String name = "";
    private String modality = "";
    private @Nullable Long therapist;
    private final List<Long> coFacilitators = new ArrayList<>();
    private @Nullable Long room;
    private @Nullable LocalDate first;
    private String words = "";
    private int minutes = 50;
    private int capacity = 10;
    private int minimum = 1;
    private int cutoffHours = 24;
    private boolean open = true;

    /** A patient who is enrolled from the beginning. */
    public record Member(long id, String label) implements Serializable {
        /** The id alone: names stay out of logs. */
        @Override
        public String toString() {
            return "Member " + id;
        }
    }

    private final List<Member> members = new ArrayList<>();

    /** Minutes, seats and minimum as that therapy mostly has them. */
    void suggest(ModalityDetails usual) {
        minutes = usual.defaultMinutes();
        capacity = usual.defaultCapacity();
        minimum = usual.minimumSize();
    }

    /**
     * As a wish.
     *
     * @throws Invalid beside the field where something is missing
     */
    SeriesWish wish(Map<LocalDateTime, Decision> decisions, RuleOverride override) {
        Long lead = therapist;
        Long where = room;
        LocalDate day = first;
        if (modality.isEmpty()) {
            throw new Invalid("modality", "group.edit.therapyMissing");
        }
        if (lead == null) {
            throw new Invalid("therapist", "group.edit.therapistMissing");
        }
        if (where == null) {
            throw new Invalid("room", "group.edit.roomMissing");
        }
        if (day == null) {
            throw new Invalid("first", "group.edit.firstMissing");
        }
        RuleWords rule = RuleWords.read(words, day, Formats.locale());
        return new SeriesWish(
                name,
                modality,
                lead,
                coFacilitators,
                where,
                rule.recurrence(),
                rule.counts(),
                day.atTime(rule.time()),
                minutes,
                capacity,
                minimum,
                cutoffHours,
                open,
                members.stream().map(Member::id).toList(),
                decisions,
                override);
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getModality() {
        return modality;
    }

    public void setModality(String modality) {
        this.modality = modality;
    }

    public @Nullable Long getTherapist() {
        return therapist;
    }

    public void setTherapist(@Nullable Long therapist) {
        this.therapist = therapist;
    }

    public List<Long> getCoFacilitators() {
        return coFacilitators;
    }

    public List<Member> getMembers() {
        return members;
    }

    public @Nullable Long getRoom() {
        return room;
    }

    public void setRoom(@Nullable Long room) {
        this.room = room;
    }

    public @Nullable LocalDate getFirst() {
        return first;
    }

    public void setFirst(@Nullable LocalDate first) {
        this.first = first;
    }

    /** When it takes place, in words. */
    public String getWords() {
        return words;
    }

    public void setWords(String words) {
        this.words = words;
    }

    public int getMinutes() {
        return minutes;
    }

    public void setMinutes(int minutes) {
        this.minutes = minutes;
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
}
