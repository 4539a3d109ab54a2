package org.evenkeel.series.web;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.series.WaitlistWish;
import org.jspecify.annotations.Nullable;

/** What is typed to put someone on the waitlist. */
public class WaitForm implements Serializable {
    private static final long serialVersionUID = 1L;

    private String patient = "";
    private @Nullable Long series;
    private String modality = "";
    private @Nullable Long therapist;
    private @Nullable Long site;
    private List<String> weekdays = List.of();
    private @Nullable LocalTime after;
    private @Nullable LocalTime before;
    private LocalDate from;
    private int priority = 3;

    WaitForm(LocalDate today) {
        from = today;
    }

    /** For a seat where a group is named; else for a time with these criteria. */
    WaitlistWish wish(long patientId) {
        if (series != null) {
            return WaitlistWish.seat(patientId, series, from, priority);
        }
        Set<Integer> days = weekdays.stream().map(Integer::valueOf).collect(Collectors.toSet());
        return new WaitlistWish(
                patientId,
                null,
                modality.isEmpty() ? null : modality,
                therapist,
                site,
                days,
                after,
                before,
                from,
                priority);
    }

    public String getPatient() {
        return patient;
    }

    public void setPatient(@Nullable String patient) {
        this.patient = patient == null ? "" : patient;
    }

    public @Nullable Long getSeries() {
        return series;
    }

    public void setSeries(@Nullable Long series) {
        this.series = series;
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

    public @Nullable Long getSite() {
        return site;
    }

    public void setSite(@Nullable Long site) {
        this.site = site;
    }

    /** ISO numbers; none: any day. */
    public List<String> getWeekdays() {
        return weekdays;
    }

    public void setWeekdays(@Nullable List<String> weekdays) {
        this.weekdays = weekdays == null ? List.of() : weekdays;
    }

    public @Nullable LocalTime getAfter() {
        return after;
    }

    public void setAfter(@Nullable LocalTime after) {
        this.after = after;
    }

    public @Nullable LocalTime getBefore() {
        return before;
    }

    public void setBefore(@Nullable LocalTime before) {
        this.before = before;
    }

    public LocalDate getFrom() {
        return from;
    }

    public void setFrom(@Nullable LocalDate from) {
        this.from = from == null ? this.from : from;
    }

    public int getPriority() {
        return priority;
    }

    public void setPriority(int priority) {
        this.priority = priority;
    }
}
