package org.evenkeel.session.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.patient.Patient;
import org.evenkeel.patient.PatientDetails;
import org.evenkeel.patient.PatientRegister;
import org.evenkeel.shared.Invalid;
import org.jspecify.annotations.Nullable;

/** Creates a patient without leaving the booking panel: the names and the birth date; the rest can follow on the patient's page. */
@Named
@ViewScoped
public class NewPatientBean implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient PatientRegister patients;
    private final transient SignedIn signedIn;

    private boolean open;
    private String given = "";
    private String family = "";
    private String born = "";
    private List<PatientChoice> lookAlikes = List.of();
    /** What was asked about when look-alikes were found: the same again means "create anyway". */
    private String confirmed = "";

    @Inject
    public NewPatientBean(PatientRegister patients, SignedIn signedIn) {
        this.patients = patients;
        this.signedIn = signedIn;
    }

    @SuppressWarnings("NullAway")
    protected NewPatientBean() {
        this(null, null);
    }

    /** The fields as they were typed. */
    record Typed(String given, String family, String born) implements Serializable {}

    /** What is typed about someone who is being created; null: nobody is. */
    @Nullable
    Typed typed() {
        return open ? new Typed(given, family, born) : null;
    }

    /** Goes on where it was left. */
    void resume(@Nullable Typed typed) {
        end();
        if (typed != null) {
            open = true;
            given = typed.given();
            family = typed.family();
            born = typed.born();
        }
    }

    /** Whether the user may create patients. */
    public boolean isAllowed() {
        return signedIn.actor().hasAny(Role.DESK, Role.LEAD);
    }

    /** Starts with a name as it was typed: "Ana Reyes" or "Reyes, Ana". */
    void begin(String typed) {
        end();
        open = true;
        String name = typed.strip();
        int comma = name.indexOf(',');
        int space = name.lastIndexOf(' ');
        if (comma >= 0) {
            family = name.substring(0, comma).strip();
            given = name.substring(comma + 1).strip();
        } else if (space >= 0) {
            given = name.substring(0, space).strip();
            family = name.substring(space + 1);
        } else {
            given = name;
        }
    }

    void end() {
        open = false;
        given = "";
        family = "";
        born = "";
        lookAlikes = List.of();
        confirmed = "";
    }

    /**
     * Creates the patient.
     *
     * @return the id; empty if others may be the same, who are shown first
     * @throws Invalid if something is missing or cannot be meant
     */
    Optional<Long> create() {
        PatientDetails details = new PatientDetails(
                "", given, family, bornOn(), Patient.Gender.UNKNOWN, "en", null, null, true, List.of());
        String asked = given + '\n' + family + '\n' + born;
        if (!asked.equals(confirmed)) {
            lookAlikes = patients.lookAlikes(signedIn.actor(), details, null).stream()
                    .map(PatientChoice::of)
                    .toList();
            confirmed = asked;
            if (!lookAlikes.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(patients.add(signedIn.actor(), details));
    }

    private @Nullable LocalDate bornOn() {
        try {
            return born.isBlank() ? null : LocalDate.parse(born.strip());
        } catch (DateTimeParseException e) {
            throw new Invalid("birthDate", "session.panel.invalid.date");
        }
    }

    /** The field of the page for one of the API. */
    static String fieldOf(String field) {
        return switch (field) {
            case "familyName" -> "bookingFamily";
            case "birthDate" -> "bookingBorn";
            default -> "bookingGiven";
        };
    }

    public boolean isOpen() {
        return open;
    }

    public List<PatientChoice> getLookAlikes() {
        return lookAlikes;
    }

    public String getGiven() {
        return given;
    }

    public void setGiven(@Nullable String given) {
        this.given = given == null ? "" : given;
    }

    public String getFamily() {
        return family;
    }

    public void setFamily(@Nullable String family) {
        this.family = family == null ? "" : family;
    }

    public String getBorn() {
        return born;
    }

    public void setBorn(@Nullable String born) {
        this.born = born == null ? "" : born;
    }
}
