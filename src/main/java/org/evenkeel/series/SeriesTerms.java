package org.evenkeel.series;

import java.util.List;
import org.evenkeel.modality.Modality;
import org.evenkeel.session.Session;
import org.evenkeel.shared.Invalid;

/** What all dates of a series have in common and can be meant together, whether it is set up or changed. */
record SeriesTerms(
        String name,
        long therapistId,
        List<Long> coFacilitators,
        int minutes,
        int capacity,
        int minimumSize,
        int cutoffHours) {

    static SeriesTerms of(SeriesWish wish) {
        return new SeriesTerms(
                wish.name(),
                wish.therapistId(),
                wish.coFacilitators(),
                wish.minutes(),
                wish.capacity(),
                wish.minimumSize(),
                wish.cutoffHours());
    }

    static SeriesTerms of(Series series) {
        return new SeriesTerms(
                series.name(),
                series.therapistId(),
                series.coFacilitators(),
                series.minutes(),
                series.capacity(),
                series.minimumSize(),
                series.cutoffHours());
    }

    /** With what is changed; who leads it from now on facilitates it no longer, unless that is asked for. */
    SeriesTerms with(SeriesChange change) {
        long lead = change.therapistId() == null ? therapistId : change.therapistId();
        List<Long> others = change.coFacilitators() == null
                ? coFacilitators.stream().filter(t -> t != lead).toList()
                : change.coFacilitators();
        return new SeriesTerms(
                change.name() == null ? name : change.name().strip(),
                lead,
                others,
                change.minutes() == null ? minutes : change.minutes(),
                change.capacity() == null ? capacity : change.capacity(),
                change.minimumSize() == null ? minimumSize : change.minimumSize(),
                change.cutoffHours() == null ? cutoffHours : change.cutoffHours());
    }

    /** @throws Invalid beside what cannot be meant */
    void validate() {
        if (name.isEmpty() || name.length() > 120) {
            throw new Invalid("name", "invalid.series.name");
        }
        if (capacity < 1 || capacity > 100) {
            throw new Invalid("capacity", "invalid.series.capacityRange");
        }
        if (cutoffHours < 0 || cutoffHours > 336) {
            throw new Invalid("cutoffHours", "invalid.series.cutoffRange");
        }
        if (minutes < 5 || minutes > Session.MAX_MINUTES || minutes % 5 != 0) {
            throw new Invalid("minutes", "invalid.session.minutesRange", Session.MAX_MINUTES);
        }
        if (coFacilitators.contains(therapistId)
                || coFacilitators.stream().distinct().count() < coFacilitators.size()) {
            throw new Invalid("coFacilitators", "invalid.series.therapistTwice");
        }
        if (capacity == 1 && !coFacilitators.isEmpty()) {
            throw new Invalid("coFacilitators", "invalid.series.coFacilitatorsOfOne");
        }
    }

    /** @throws Invalid if more are needed than there is room for */
    void validateMinimum() {
        if (minimumSize < 1 || minimumSize > capacity) {
            throw new Invalid("minimumSize", "invalid.series.minimumRange", capacity);
        }
    }

    /** @throws Invalid if the therapy is not given to so many at a time */
    void validateSeats(String therapy, Modality.Format format) {
        if (capacity > 1 && format == Modality.Format.INDIVIDUAL) {
            throw new Invalid("capacity", "invalid.series.individualTherapy", therapy);
        }
        if (capacity == 1 && format == Modality.Format.GROUP) {
            throw new Invalid("capacity", "invalid.series.groupTherapy", therapy);
        }
    }
}
