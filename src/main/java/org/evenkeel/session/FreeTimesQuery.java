package org.evenkeel.session;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Set;
import org.evenkeel.therapist.Therapist.Gender;
import org.jspecify.annotations.Nullable;

/**
 * Wishes for a time. Everything but the modality and the dates may be left open (null, or an empty set).
 *
 * @param minutes null: the modality's default
 * @param from the first date, in each site's zone
 * @param to the last date, included
 * @param after the earliest start, in each site's wall time
 * @param before the latest end, likewise
 * @param patientId their own sessions are kept free and their primary therapist comes first
 */
public record FreeTimesQuery(
        String modality,
        @Nullable Integer minutes,
        LocalDate from,
        LocalDate to,
        @Nullable Long therapistId,
        @Nullable Gender gender,
        @Nullable String language,
        Set<DayOfWeek> weekdays,
        @Nullable LocalTime after,
        @Nullable LocalTime before,
        @Nullable Long siteId,
        @Nullable Long patientId,
        int limit) {

    /** The longest stretch that can be asked for, in days. */
    public static final int MAX_DAYS = 92;

    public FreeTimesQuery {
        weekdays = Set.copyOf(weekdays);
    }

    /** A wish that can be relaxed; the names are those of the API's parameters. */
    public enum Wish {
        THERAPIST,
        GENDER,
        LANGUAGE,
        WEEKDAY,
        AFTER,
        BEFORE,
        SITE
    }

    /** The wishes that are set. */
    public Set<Wish> wishes() {
        Set<Wish> wishes = EnumSet.noneOf(Wish.class);
        addIf(wishes, therapistId != null, Wish.THERAPIST);
        addIf(wishes, gender != null, Wish.GENDER);
        addIf(wishes, language != null, Wish.LANGUAGE);
        addIf(wishes, !weekdays.isEmpty(), Wish.WEEKDAY);
        addIf(wishes, after != null, Wish.AFTER);
        addIf(wishes, before != null, Wish.BEFORE);
        addIf(wishes, siteId != null, Wish.SITE);
        return wishes;
    }

    private static void addIf(Set<Wish> wishes, boolean set, Wish wish) {
        if (set) {
            wishes.add(wish);
        }
    }

    /** The same query for one therapist. */
    FreeTimesQuery forTherapist(long id) {
        return new FreeTimesQuery(
                modality, minutes, from, to, id, gender, language, weekdays, after, before, siteId, patientId, limit);
    }

    /** The last date of a stretch twice as long, as far as one may ask. */
    LocalDate later() {
        LocalDate twice = to.plusDays(ChronoUnit.DAYS.between(from, to) + 1);
        LocalDate last = from.plusDays(MAX_DAYS);
        return twice.isAfter(last) ? last : twice;
    }

    /** The same query over another stretch. */
    FreeTimesQuery until(LocalDate date) {
        return new FreeTimesQuery(
                modality,
                minutes,
                from,
                date,
                therapistId,
                gender,
                language,
                weekdays,
                after,
                before,
                siteId,
                patientId,
                limit);
    }

    /** The same query for all that there is. */
    FreeTimesQuery unlimited() {
        return new FreeTimesQuery(
                modality,
                minutes,
                from,
                to,
                therapistId,
                gender,
                language,
                weekdays,
                after,
                before,
                siteId,
                patientId,
                Integer.MAX_VALUE);
    }

    /** The same query with one wish dropped. */
    public FreeTimesQuery without(Wish wish) {
        return new FreeTimesQuery(
                modality,
                minutes,
                from,
                to,
                wish == Wish.THERAPIST ? null : therapistId,
                wish == Wish.GENDER ? null : gender,
                wish == Wish.LANGUAGE ? null : language,
                wish == Wish.WEEKDAY ? Set.of() : weekdays,
                wish == Wish.AFTER ? null : after,
                wish == Wish.BEFORE ? null : before,
                wish == Wish.SITE ? null : siteId,
                patientId,
                limit);
    }
}
