package org.evenkeel.session.web;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import org.evenkeel.session.BookSession;
import org.evenkeel.session.ChangeSession;
import org.evenkeel.session.FreeTime;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.session.SessionView;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.WallTime;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the fields of the booking panel, just as it was typed: whatever it is, nothing of it is lost, and only saving asks
 * what it means.
 */
public class BookingForm implements Serializable {
    private static final long serialVersionUID = 1L;

    private @Nullable PatientChoice patient;
    private String modality = "";
    private @Nullable Long site;
    private @Nullable Long therapist;
    private @Nullable Long room;
    private String date = "";
    private String time = "";
    private String minutes = "";

    /** The instant that was put into date and time, as long as nothing else is typed there; one wall time may be two instants. */
    private @Nullable Instant placed;

    /** What was put into the fields for the user, who may have changed it since. */
    private Suggestion suggested = new Suggestion("", null, null, "");

    private record Suggestion(String modality, @Nullable Long therapist, @Nullable Long room, String minutes)
            implements Serializable {}

    /** The fields as they stand now. */
    BookingForm copy() {
        BookingForm copy = new BookingForm();
        copy.patient = patient;
        copy.modality = modality;
        copy.site = site;
        copy.therapist = therapist;
        copy.room = room;
        copy.date = date;
        copy.time = time;
        copy.minutes = minutes;
        copy.placed = placed;
        copy.suggested = suggested;
        return copy;
    }

    // --- filling in -------------------------------------------------------------------------------------------------

    /** A session as it stands. */
    void show(SessionView session) {
        patient = session.participants().stream()
                .findFirst()
                .map(p -> new PatientChoice(p.patientId(), p.name(), ", " + p.recordNumber()))
                .orElse(null);
        modality = session.modality().code();
        therapist = session.therapist().id();
        room = session.room().id();
        minutes = Integer.toString(session.slot().minutes());
        placeAt(session.slot().start(), session.site().id(), session.site().zone());
    }

    /**
     * Another desk has changed the session: fields that were left as they had been read follow it, what was typed stays
     * (acceptance case A22).
     */
    @SuppressWarnings("NullAway") // The checker takes no nullable type arguments yet.
    void follow(SessionView read, SessionView now) {
        BookingForm before = new BookingForm();
        before.show(read);
        BookingForm after = new BookingForm();
        after.show(now);
        Long was = before.patient == null ? null : before.patient.id();
        if (Objects.equals(patient == null ? null : patient.id(), was)) {
            patient = after.patient;
        }
        modality = unlessTyped(modality, before.modality, after.modality);
        therapist = unlessTyped(therapist, before.therapist, after.therapist);
        room = unlessTyped(room, before.room, after.room);
        site = unlessTyped(site, before.site, after.site);
        date = unlessTyped(date, before.date, after.date);
        time = unlessTyped(time, before.time, after.time);
        minutes = unlessTyped(minutes, before.minutes, after.minutes);
        placed = unlessTyped(placed, before.placed, after.placed);
    }

    private static <T extends @Nullable Object> T unlessTyped(T field, T was, T is) {
        return Objects.equals(field, was) ? is : field;
    }

    /** A time that is free. */
    void take(FreeTime free) {
        therapist = free.therapist().id();
        room = free.room().id();
        minutes = Integer.toString(free.minutes());
        placeAt(free.start(), free.site().id(), free.zone());
    }

    /** A time on the wall of a site. */
    void placeAt(Instant start, long siteId, ZoneId zone) {
        site = siteId;
        date = start.atZone(zone).toLocalDate().toString();
        time = start.atZone(zone).toLocalTime().toString();
        placed = start;
    }

    /** Fills in what the patient had last time, where the user has not chosen otherwise. */
    void suggestLike(SessionView last, boolean therapistIsOffered, boolean roomIsOffered) {
        Suggestion before = suggested;
        String filledModality = before.modality();
        String filledMinutes = before.minutes();
        Long filledTherapist = before.therapist();
        Long filledRoom = before.room();
        if (isUntouched(modality, before.modality())) {
            modality = last.modality().code();
            filledModality = modality;
            if (isUntouched(minutes, before.minutes())) {
                minutes = Integer.toString(last.slot().minutes());
                filledMinutes = minutes;
            }
        }
        if (therapistIsOffered && (therapist == null || therapist.equals(before.therapist()))) {
            therapist = last.therapist().id();
            filledTherapist = therapist;
        }
        if (roomIsOffered
                && Objects.equals(site, last.site().id())
                && Objects.equals(therapist, last.therapist().id())
                && (room == null || room.equals(before.room()))) {
            room = last.room().id();
            filledRoom = room;
        }
        suggested = new Suggestion(filledModality, filledTherapist, filledRoom, filledMinutes);
    }

    /** The usual minutes of a modality, unless others were typed. */
    void suggestMinutes(int usual) {
        if (isUntouched(minutes, suggested.minutes())) {
            minutes = Integer.toString(usual);
            suggested = new Suggestion(suggested.modality(), suggested.therapist(), suggested.room(), minutes);
        }
    }

    private static boolean isUntouched(String field, String suggestion) {
        return field.isBlank() || field.equals(suggestion);
    }

    // --- what it means ----------------------------------------------------------------------------------------------

    /** @throws Invalid beside the field that is missing or cannot be meant */
    BookSession toBook(ZoneId zone, RuleOverride override) {
        // In the order of the fields: the first that is wrong is told first.
        List<Long> patients = List.of(patientId());
        return new BookSession(
                modalityCode(), start(zone), wishedMinutes(), wishedTherapist(), room, site, patients, override);
    }

    /** What differs from the session as it was read; what is the same is left alone. */
    ChangeSession toChange(SessionView read, ZoneId zone, RuleOverride override) {
        long who = patientId();
        Instant start = start(zone);
        int length = wishedMinutes();
        boolean samePatient = read.participants().stream().anyMatch(p -> p.patientId() == who);
        return new ChangeSession(
                unless(modalityCode(), read.modality().code()),
                unless(start, read.slot().start()),
                unless(length, read.slot().minutes()),
                unless(wishedTherapist(), read.therapist().id()),
                room == null ? null : unless(room, read.room().id()),
                samePatient ? null : List.of(who),
                override);
    }

    private static <T> @Nullable T unless(T wished, T standing) {
        return wished.equals(standing) ? null : wished;
    }

    /**
     * The instant that is meant on the wall of the site. A time that occurs twice means the first where it was typed, and stays what it
     * was where it was filled in.
     *
     * @throws Invalid if it is missing, or does not exist (acceptance case A2)
     */
    Instant start(ZoneId zone) {
        LocalDateTime wall = wall();
        Instant filled = placed;
        return filled != null && LocalDateTime.ofInstant(filled, zone).equals(wall)
                ? filled
                : WallTime.at("time", wall, zone);
    }

    /** Whether the wall time occurs twice (acceptance case A3). */
    boolean isTwice(ZoneId zone) {
        try {
            return zone.getRules().getValidOffsets(wall()).size() > 1;
        } catch (Invalid e) {
            return false;
        }
    }

    /** Whether it is the second of the two that is meant. */
    boolean isSecond(ZoneId zone) {
        return isTwice(zone) && !start(zone).equals(WallTime.at("time", wall(), zone));
    }

    private LocalDateTime wall() {
        return LocalDateTime.of(day(), clock());
    }

    private LocalDate day() {
        try {
            return LocalDate.parse(date.strip());
        } catch (DateTimeParseException e) {
            throw new Invalid("date", "session.panel.invalid.date");
        }
    }

    private LocalTime clock() {
        try {
            return LocalTime.parse(time.strip());
        } catch (DateTimeParseException e) {
            throw new Invalid("time", "session.panel.invalid.time");
        }
    }

    private int wishedMinutes() {
        try {
            return Integer.parseInt(minutes.strip());
        } catch (NumberFormatException e) {
            throw new Invalid("minutes", "session.panel.invalid.minutes");
        }
    }

    private String modalityCode() {
        if (modality.isBlank()) {
            throw new Invalid("modality", "session.panel.invalid.modality");
        }
        return modality;
    }

    private long wishedTherapist() {
        Long wished = therapist;
        if (wished == null) {
            throw new Invalid("therapist", "session.panel.invalid.therapist");
        }
        return wished;
    }

    private long patientId() {
        Long id = patient == null ? null : patient.id();
        if (id == null) {
            throw new Invalid("patient", "session.panel.invalid.patient");
        }
        return id;
    }

    // --- fields -----------------------------------------------------------------------------------------------------

    public @Nullable PatientChoice getPatient() {
        return patient;
    }

    public void setPatient(@Nullable PatientChoice patient) {
        this.patient = patient;
    }

    public String getModality() {
        return modality;
    }

    public void setModality(@Nullable String modality) {
        this.modality = modality == null ? "" : modality;
    }

    public @Nullable Long getSite() {
        return site;
    }

    public void setSite(@Nullable Long site) {
        this.site = site;
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

    public String getDate() {
        return date;
    }

    public void setDate(@Nullable String date) {
        String typed = date == null ? "" : date;
        placed = typed.equals(this.date) ? placed : null;
        this.date = typed;
    }

    public String getTime() {
        return time;
    }

    public void setTime(@Nullable String time) {
        String typed = time == null ? "" : time;
        placed = typed.equals(this.time) ? placed : null;
        this.time = typed;
    }

    public String getMinutes() {
        return minutes;
    }

    public void setMinutes(@Nullable String minutes) {
        this.minutes = minutes == null ? "" : minutes;
    }
}
