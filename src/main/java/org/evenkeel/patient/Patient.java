package org.evenkeel.patient;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Version;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Someone the centre treats. Never deleted while sessions refer to them: made inactive, or marked as having died. */
@Entity
public class Patient {
    private static final Pattern SPACES = Pattern.compile(" {2,}");
    private static final String APOSTROPHES = "'`\u2018\u2019\u02bc\u00b4";

    /** As recorded; only for forms of address and wishes. */
    public enum Gender {
        FEMALE,
        MALE,
        OTHER,
        UNKNOWN
    }

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "patient_seq")
    @SequenceGenerator(name = "patient_seq", sequenceName = "patient_seq", allocationSize = 50)
    private long id;

    @Column(name = "record_number")
    private String recordNumber;

    @Column(name = "external_id")
    private @Nullable String externalId;

    @Column(name = "given_name")
    private String givenName;

    @Column(name = "family_name")
    private String familyName;

    @Column(name = "search_name")
    private String searchName;

    @Column(name = "family_search_name")
    private String familySearchName;

    @Column(name = "birth_date")
    private @Nullable LocalDate birthDate;

    @Enumerated(EnumType.STRING)
    private Gender gender = Gender.UNKNOWN;

    private String language = "en";

    private @Nullable String zone;

    @Column(name = "primary_therapist_id")
    private @Nullable Long primaryTherapistId;

    @Column(name = "died_on")
    private @Nullable LocalDate diedOn;

    private boolean active = true;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Patient() {}

    public Patient(String recordNumber, String givenName, String familyName, @Nullable LocalDate birthDate) {
        this.recordNumber = recordNumber;
        rename(givenName, familyName);
        this.birthDate = birthDate;
    }

    /**
     * What names are searched and compared by: lower case without accents and apostrophes, and single spaces for hyphens and the
     * like. "O'Brien-Łukasz" becomes "obrien lukasz".
     */
    public static String searchable(String name) {
        String plain = Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
        StringBuilder text = new StringBuilder(plain.length());
        plain.codePoints().forEach(letter -> text.append(folded(letter)));
        return SPACES.matcher(text).replaceAll(" ").strip();
    }

    private static String folded(int letter) {
        int type = Character.getType(letter);
        if (type == Character.NON_SPACING_MARK || APOSTROPHES.indexOf(letter) >= 0) {
            return "";
        }
        if (type == Character.DASH_PUNCTUATION || Character.isWhitespace(letter) || Character.isSpaceChar(letter)) {
            return " ";
        }
        // Letters of their own that keyboards elsewhere lack; decomposition leaves them as they are.
        return switch (letter) {
            case 'ø' -> "o";
            case 'ł' -> "l";
            case 'đ', 'ð' -> "d";
            case 'ı' -> "i";
            case 'ħ' -> "h";
            case 'ß' -> "ss";
            case 'æ' -> "ae";
            case 'œ' -> "oe";
            case 'þ' -> "th";
            default -> Character.toString(letter);
        };
    }

    public final void rename(String given, String family) {
        givenName = given;
        familyName = family;
        searchName = searchable(given + " " + family);
        familySearchName = searchable(family);
    }

    public long id() {
        return id;
    }

    public String recordNumber() {
        return recordNumber;
    }

    /** The id in the system that the patient was imported from. */
    public Optional<String> externalId() {
        return Optional.ofNullable(externalId);
    }

    public String givenName() {
        return givenName;
    }

    public String familyName() {
        return familyName;
    }

    public String displayName() {
        return givenName + " " + familyName;
    }

    public Optional<LocalDate> birthDate() {
        return Optional.ofNullable(birthDate);
    }

    public Gender gender() {
        return gender;
    }

    /** Preferred language as a tag, such as "en". */
    public String language() {
        return language;
    }

    /** Where they are, for the hours at which they may be written to; empty: where their sessions are. */
    public Optional<ZoneId> zone() {
        return Optional.ofNullable(zone).map(ZoneId::of);
    }

    public Optional<Long> primaryTherapistId() {
        return Optional.ofNullable(primaryTherapistId);
    }

    public Optional<LocalDate> diedOn() {
        return Optional.ofNullable(diedOn);
    }

    /** Whether sessions may be booked for them. */
    public boolean isBookable() {
        return active && diedOn == null;
    }

    public boolean isActive() {
        return active;
    }

    public void describe(
            @Nullable LocalDate birth, Gender newGender, String preferredLanguage, @Nullable Long primaryTherapist) {
        birthDate = birth;
        gender = newGender;
        language = preferredLanguage;
        primaryTherapistId = primaryTherapist;
    }

    public void imported(String id) {
        externalId = id;
    }

    public void died(@Nullable LocalDate on) {
        diedOn = on;
    }

    public void activate(boolean nowActive) {
        active = nowActive;
    }

    public long version() {
        return version;
    }

    /** The number of a patient who came without one: P-000123, from the id. */
    static String numberFor(long id) {
        return String.format(Locale.ROOT, "P-%06d", id);
    }

    void number(String newNumber) {
        recordNumber = newNumber;
    }

    PatientDetails details(List<Contact> contacts) {
        return new PatientDetails(
                recordNumber,
                givenName,
                familyName,
                birthDate,
                gender,
                language,
                zone().orElse(null),
                primaryTherapistId,
                diedOn,
                active,
                contacts);
    }

    /** Takes everything but the record number and the contacts. */
    void describe(PatientDetails details) {
        rename(details.givenName(), details.familyName());
        describe(details.birthDate(), details.gender(), details.language(), details.primaryTherapistId());
        ZoneId where = details.zone();
        zone = where == null ? null : where.getId();
        died(details.diedOn());
        activate(details.active());
    }

    /** The id alone: names stay out of logs. */
    @Override
    public String toString() {
        return "Patient " + id;
    }
}
