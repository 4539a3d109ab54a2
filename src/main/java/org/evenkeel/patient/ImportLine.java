package org.evenkeel.patient;

import static org.evenkeel.patient.ImportColumn.ADDRESS;
import static org.evenkeel.patient.ImportColumn.BIRTH_DATE;
import static org.evenkeel.patient.ImportColumn.CITY;
import static org.evenkeel.patient.ImportColumn.DEATH_DATE;
import static org.evenkeel.patient.ImportColumn.EMAIL;
import static org.evenkeel.patient.ImportColumn.EXTERNAL_ID;
import static org.evenkeel.patient.ImportColumn.FAMILY_NAME;
import static org.evenkeel.patient.ImportColumn.GENDER;
import static org.evenkeel.patient.ImportColumn.GIVEN_NAME;
import static org.evenkeel.patient.ImportColumn.LANGUAGE;
import static org.evenkeel.patient.ImportColumn.PHONE;
import static org.evenkeel.patient.ImportColumn.POSTCODE;
import static org.evenkeel.patient.ImportColumn.RECORD_NUMBER;
import static org.evenkeel.patient.ImportColumn.REGION;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Languages;
import org.evenkeel.shared.Phrases.Phrase;
import org.evenkeel.shared.Text;
import org.jspecify.annotations.Nullable;

/** What one line of a file says about a patient. "" and null mean that it says nothing, which never erases what is known. */
record ImportLine(
        int number,
        String externalId,
        String recordNumber,
        String givenName,
        String familyName,
        @Nullable LocalDate birthDate,
        @Nullable LocalDate diedOn,
        Patient.@Nullable Gender gender,
        @Nullable String language,
        List<Contact> contacts) {

    /** @throws Invalid if a value cannot be meant */
    static ImportLine of(int number, List<String> values, ImportHeader header, boolean cleanNames, LocalDate today) {
        ImportLine line = new ImportLine(
                number,
                Text.optional("externalId", "id", header.value(EXTERNAL_ID, values), 80),
                Text.optional("recordNumber", "recordNumber", header.value(RECORD_NUMBER, values), 40),
                name("givenName", header.value(GIVEN_NAME, values), cleanNames),
                name("familyName", header.value(FAMILY_NAME, values), cleanNames),
                date("invalid.patient.notABirthDate", header.value(BIRTH_DATE, values)),
                date("invalid.patient.notADayOfDeath", header.value(DEATH_DATE, values)),
                gender(header.value(GENDER, values)),
                language(header.value(LANGUAGE, values)),
                contacts(header, values));
        line.asNew().checkAgainst(today);
        return line;
    }

    private static String name(String label, String value, boolean clean) {
        String text = clean ? value.replaceAll("\\p{Nd}+", "") : value;
        if (text.isBlank()) {
            throw new Invalid("name", "invalid.patient.nameMissing", Phrase.of("invalid.label." + label));
        }
        return Text.required("name", label, text, 80);
    }

    private static @Nullable LocalDate date(String problem, String value) {
        if (value.isEmpty()) {
            return null;
        }
        try {
            return LocalDate.parse(value.matches("\\S{10}[T ].*") ? value.substring(0, 10) : value);
        } catch (DateTimeException e) {
            throw new Invalid("date", problem, shortened(value));
        }
    }

    private static Patient.@Nullable Gender gender(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "" -> null;
            case "f", "female", "w", "woman", "mujer", "femenino" -> Patient.Gender.FEMALE;
            case "m", "male", "man", "hombre", "masculino" -> Patient.Gender.MALE;
            case "o", "other", "x", "d", "nonbinary", "non-binary", "otro", "no binario" -> Patient.Gender.OTHER;
            case "u", "unknown", "?", "desconocido" -> Patient.Gender.UNKNOWN;
            default -> throw new Invalid("gender", "invalid.patient.gender", shortened(value));
        };
    }

    private static @Nullable String language(String value) {
        return value.isEmpty()
                ? null
                : Languages.tagOf(value)
                        .orElseThrow(() -> new Invalid("language", "invalid.patient.language", shortened(value)));
    }

    private static List<Contact> contacts(ImportHeader header, List<String> values) {
        List<Contact> contacts = new ArrayList<>();
        header.values(PHONE, values).forEach(value -> contacts.add(new Contact(Contact.Kind.PHONE, value)));
        header.values(EMAIL, values).forEach(value -> contacts.add(new Contact(Contact.Kind.EMAIL, value)));
        String address = Stream.of(ADDRESS, CITY, REGION, POSTCODE)
                .map(column -> header.value(column, values))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        if (!header.value(ADDRESS, values).isEmpty()) {
            contacts.add(new Contact(Contact.Kind.ADDRESS, address));
        }
        return List.copyOf(contacts);
    }

    private static String shortened(String value) {
        return value.length() > 30 ? value.substring(0, 30) + "…" : value;
    }

    /** What tells the patient from others within the file: every key names one. */
    List<String> keys() {
        if (externalId.isEmpty() && recordNumber.isEmpty()) {
            return List.of("name " + searchName() + " " + birthDate);
        }
        return Stream.of(
                        externalId.isEmpty() ? "" : "id " + externalId,
                        recordNumber.isEmpty() ? "" : "number " + recordNumber.toUpperCase(Locale.ROOT))
                .filter(key -> !key.isEmpty())
                .toList();
    }

    String searchName() {
        return Patient.searchable(givenName + " " + familyName);
    }

    String displayName() {
        return givenName + " " + familyName;
    }

    PatientDetails asNew() {
        return new PatientDetails(
                recordNumber,
                givenName,
                familyName,
                birthDate,
                gender == null ? Patient.Gender.UNKNOWN : gender,
                language == null ? "en" : language,
                null,
                diedOn,
                true,
                contacts);
    }

    /** What is known, with what the line says instead; the record number stays, and contacts are left out. */
    PatientDetails over(PatientDetails known) {
        return new PatientDetails(
                known.recordNumber(),
                givenName,
                familyName,
                birthDate == null ? known.birthDate() : birthDate,
                gender == null ? known.gender() : gender,
                language == null ? known.language() : language,
                known.zone(),
                known.primaryTherapistId(),
                diedOn == null ? known.diedOn() : diedOn,
                known.active(),
                List.of());
    }

    /** The line's number alone: names stay out of logs. */
    @Override
    public String toString() {
        return "line " + number;
    }
}
