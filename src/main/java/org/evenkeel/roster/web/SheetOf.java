package org.evenkeel.roster.web;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * What a day sheet is asked of, as the address tells it; what cannot be meant is left open.
 *
 * @param date null: today
 * @param therapist null: everyone
 * @param site null: all sites
 * @param initials whether initials stand for names
 */
record SheetOf(@Nullable LocalDate date, @Nullable Long therapist, @Nullable Long site, boolean initials) {

    static SheetOf of(
            @Nullable String date, @Nullable String therapist, @Nullable String site, @Nullable String initials) {
        return new SheetOf(date(date), id(therapist), id(site), "true".equals(initials));
    }

    /** The address of a page or a file of it. */
    String address(String path) {
        return path
                + "?date=" + (date == null ? "" : date)
                + (therapist == null ? "" : "&therapist=" + therapist)
                + (site == null ? "" : "&site=" + site)
                + (initials ? "&initials=true" : "");
    }

    private static @Nullable LocalDate date(@Nullable String text) {
        try {
            LocalDate date = text == null || text.isBlank() ? null : LocalDate.parse(text);
            return date != null && Math.abs(date.getYear() - 2000) < 200 ? date : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static @Nullable Long id(@Nullable String text) {
        try {
            return text == null || text.isBlank() ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
