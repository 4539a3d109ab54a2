package org.evenkeel.session.web;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.session.SessionView;

/**
 * One thing about a session that another desk has changed since it was read (acceptance case A22).
 *
 * @param field the key of its name in the bundle, below {@code session.panel}
 * @param was when it was read
 * @param is what it is now
 */
public record Discrepancy(String field, String was, String is) implements Serializable {

    /** Everything that differs, in the order of the form. */
    static List<Discrepancy> between(SessionView read, SessionView now) {
        List<Discrepancy> found = new ArrayList<>();
        compare(found, "state", state(read), state(now));
        compare(found, "patient", patients(read), patients(now));
        compare(found, "modality", read.modality().name(), now.modality().name());
        compare(found, "when", when(read), when(now));
        compare(found, "minutes", minutes(read), minutes(now));
        compare(found, "therapist", read.therapist().name(), now.therapist().name());
        compare(found, "site", read.site().name(), now.site().name());
        compare(found, "room", read.room().name(), now.room().name());
        compare(found, "attendance", attendance(read), attendance(now));
        return found;
    }

    private static void compare(List<Discrepancy> found, String field, String was, String is) {
        if (!was.equals(is)) {
            found.add(new Discrepancy(field, was, is));
        }
    }

    private static String state(SessionView session) {
        return Words.text("state."
                + (session.lateCancelled() ? "LATE_CANCELLED" : session.state().name()));
    }

    private static String when(SessionView session) {
        return Formats.moment(session.slot().start(), session.site().zone());
    }

    private static String minutes(SessionView session) {
        return Integer.toString(session.slot().minutes());
    }

    /** With their record numbers: two may have one name, and more have the same initials. */
    private static String patients(SessionView session) {
        return session.participants().stream()
                .map(p -> p.name() + ", " + p.recordNumber())
                .collect(Collectors.joining("; "));
    }

    /** Of a session that stands; a cancelled one says so itself. */
    private static String attendance(SessionView session) {
        return session.isLive()
                ? session.participants().stream()
                        .map(p -> Words.text("state." + p.state().name()).toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "))
                : "";
    }

    /** The field alone: names stay out of logs. */
    @Override
    public String toString() {
        return "Discrepancy " + field;
    }
}
