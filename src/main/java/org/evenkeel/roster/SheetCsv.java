package org.evenkeel.roster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.evenkeel.session.SessionView;
import org.evenkeel.session.SessionView.Attendee;
import org.evenkeel.session.SessionView.Named;
import org.evenkeel.shared.Initials;

/**
 * A day sheet as comma-separated values (RFC 4180): a line for each patient in each session, once however many therapists there are;
 * a session that nobody comes to has a line too. By start, then by who leads it, then by family name. Times are the wall time of the site. No cell is a formula to a spreadsheet.
 */
final class SheetCsv {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final String FORMULA = "=+-@\t\r";
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader(
                    "date",
                    "start",
                    "end",
                    "zone",
                    "start_offset",
                    "end_offset",
                    "therapist",
                    "co_facilitators",
                    "session",
                    "modality",
                    "room",
                    "site",
                    "seats_taken",
                    "seats",
                    "seats_free",
                    "patient",
                    "record_number",
                    "guest",
                    "state",
                    "excused",
                    "late_minutes",
                    "attended_minutes")
            .get();

    private SheetCsv() {}

    static String of(DaySheet sheet, boolean initials) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter csv = new CSVPrinter(text, FORMAT)) {
            List<SessionView> sessions = sheet.parts().stream()
                    .flatMap(p -> p.sessions().stream())
                    .distinct()
                    .sorted(Comparator.comparing((SessionView s) -> s.slot().start())
                            .thenComparing(s -> s.therapist().name())
                            .thenComparing(SessionView::id))
                    .toList();
            for (SessionView session : sessions) {
                if (session.participants().isEmpty()) {
                    line(csv, session, "", "", "", "", "", "", "");
                }
                for (Attendee who : session.participantsByName()) {
                    line(
                            csv,
                            session,
                            initials ? Initials.of(who.name()) : who.name(),
                            initials ? "" : who.recordNumber(),
                            who.guest(),
                            who.state(),
                            who.excused(),
                            who.lateMinutes(),
                            who.attendedMinutes() == null ? "" : who.attendedMinutes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void line(CSVPrinter csv, SessionView session, Object... patient) throws IOException {
        ZoneId zone = session.site().zone();
        Instant start = session.slot().start();
        Object[] cells = {
            start.atZone(zone).toLocalDate(),
            CLOCK.format(start.atZone(zone)),
            CLOCK.format(session.slot().end().atZone(zone)),
            zone,
            offset(start, zone),
            offset(session.slot().end(), zone),
            session.therapist().name(),
            session.coFacilitators().stream().map(Named::name).collect(Collectors.joining("; ")),
            session.isGroup() ? session.title() : "",
            session.modality().name(),
            session.room().name(),
            session.site().name(),
            session.taken(),
            session.capacity(),
            session.free()
        };
        Object[] all = Arrays.copyOf(cells, cells.length + patient.length);
        System.arraycopy(patient, 0, all, cells.length, patient.length);
        csv.printRecord(Arrays.stream(all).map(SheetCsv::safe).toArray());
    }

    /** "UTC-05:00": it tells apart the hours that come twice when clocks go back. */
    private static String offset(Instant instant, ZoneId zone) {
        return "UTC" + instant.atZone(zone).getOffset().getId().replace("Z", "+00:00");
    }

    /** What a spreadsheet would take for a formula gets an apostrophe before it, so that it stays a text. */
    static String safe(Object cell) {
        String text = String.valueOf(cell);
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
