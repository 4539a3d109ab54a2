package org.evenkeel.patient.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.patient.Contact;
import org.evenkeel.patient.Patient;
import org.evenkeel.patient.PatientDetails;
import org.evenkeel.patient.PatientRegister;
import org.evenkeel.patient.PatientRow;
import org.evenkeel.platform.web.EditForm;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.reminder.Texts;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Versioned;
import org.evenkeel.shared.Zones;
import org.evenkeel.therapist.TherapistChoice;
import org.evenkeel.therapist.TherapistRegister;
import org.jspecify.annotations.Nullable;

/** The form of a patient. It asks once before it makes someone who may be there already. */
@Named("patientForm")
@ViewScoped
public class PatientFormBean extends EditForm<PatientDetails> {
    private static final long serialVersionUID = 1L;

    private transient PatientRegister register;
    private transient TherapistRegister therapistRegister;
    private transient SignedIn signedIn;

    private String recordNumber = "";
    private String givenName = "";
    private String familyName = "";
    private @Nullable LocalDate birthDate;
    private Patient.Gender gender = Patient.Gender.UNKNOWN;
    private String language = "en";
    private String zone = "";
    private @Nullable Long primaryTherapist;
    private @Nullable LocalDate diedOn;
    private boolean active = true;
    private final List<ContactRow> contacts = new ArrayList<>();
    private List<PatientRow> lookAlikes = List.of();
    private List<TherapistChoice> therapists = List.of();
    private long sessionsAhead;

    @SuppressWarnings("NullAway.Init")
    protected PatientFormBean() {}

    @Inject
    public PatientFormBean(PatientRegister register, TherapistRegister therapistRegister, SignedIn signedIn) {
        this.register = register;
        this.therapistRegister = therapistRegister;
        this.signedIn = signedIn;
    }

    @Override
    public void open() {
        signedIn.require("change patients", Role.DESK, Role.LEAD);
        super.open();
        therapists = therapistRegister.everybody(signedIn.actor());
        offerContacts();
    }

    private void offerContacts() {
        if (contacts.isEmpty()) {
            contacts.add(new ContactRow(Contact.Kind.PHONE));
            contacts.add(new ContactRow(Contact.Kind.EMAIL));
        }
    }

    @Override
    protected Versioned<PatientDetails> read(long existing) {
        return register.view(signedIn.actor(), existing, "patient/edit");
    }

    @Override
    protected void show(PatientDetails details) {
        recordNumber = details.recordNumber();
        givenName = details.givenName();
        familyName = details.familyName();
        birthDate = details.birthDate();
        gender = details.gender();
        language = details.language();
        zone = details.zone() == null ? "" : details.zone().getId();
        primaryTherapist = details.primaryTherapistId();
        diedOn = details.diedOn();
        active = details.active();
        contacts.clear();
        details.contacts().forEach(contact -> contacts.add(new ContactRow(contact)));
        offerContacts();
    }

    @Override
    protected PatientDetails typed() {
        return new PatientDetails(
                recordNumber,
                givenName,
                familyName,
                birthDate,
                gender,
                language,
                zoneId(),
                primaryTherapist,
                diedOn,
                active,
                contacts.stream().flatMap(ContactRow::typed).toList());
    }

    private @Nullable ZoneId zoneId() {
        try {
            return zone.isBlank() ? null : ZoneId.of(zone.strip());
        } catch (DateTimeException e) {
            throw new Invalid("zone", "site.edit.zoneUnknown");
        }
    }

    /** Saves unless somebody with such a name and birth date is there; then the form shows them and asks. */
    @Override
    public @Nullable String save() {
        lookAlikes = List.of();
        try {
            lookAlikes = register.lookAlikes(signedIn.actor(), typed(), getId());
        } catch (Invalid e) {
            Notices.invalid(e);
            return null;
        }
        return lookAlikes.isEmpty() ? super.save() : null;
    }

    /** Saves although somebody with such a name and birth date is there. */
    public @Nullable String saveAnyway() {
        return super.save();
    }

    @Override
    protected long create(PatientDetails details) {
        return register.add(signedIn.actor(), details);
    }

    @Override
    protected void change(long existing, long version, PatientDetails details) {
        sessionsAhead = register.change(signedIn.actor(), existing, version, details);
    }

    @Override
    protected String saved(long savedId) {
        boolean bookable = active && diedOn == null;
        if (bookable || sessionsAhead == 0) {
            Notices.done("patient.edit.saved");
        } else {
            Notices.done("patient.edit.savedWithSessions", sessionsAhead);
        }
        return "/patient/view?faces-redirect=true&id=" + savedId;
    }

    @Override
    protected String inWords(String field, Object value) {
        if (value instanceof Contact contact) {
            return Notices.text("patient.contact." + contact.kind()) + " " + contact.value();
        }
        if (value instanceof Patient.Gender given) {
            return Notices.text("gender." + given);
        }
        if (value instanceof LocalDate date) {
            return Formats.date(date);
        }
        return switch (field) {
            case "language" -> Formats.language(value.toString());
            case "primaryTherapistId" ->
                therapists.stream()
                        .filter(choice -> value.equals(choice.id()))
                        .map(TherapistChoice::name)
                        .findFirst()
                        .orElse("");
            default -> value.toString();
        };
    }

    public void addContact() {
        contacts.forEach(ContactRow::settle);
        ContactRow added = new ContactRow(Contact.Kind.PHONE);
        added.fresh = true;
        contacts.add(added);
    }

    public void removeContact(ContactRow row) {
        contacts.remove(row);
    }

    /** What a search that found nobody was for: the last word is taken as the family name. */
    public void setName(@Nullable String name) {
        if (name == null || name.isBlank() || !isFresh()) {
            return;
        }
        String text = name.strip();
        int space = text.lastIndexOf(' ');
        givenName = space < 0 ? "" : text.substring(0, space).strip();
        familyName = text.substring(space + 1);
    }

    /** Nothing: the name is in the fields. */
    public String getName() {
        return "";
    }

    /** Whom the patient may be already; empty unless saving was held back for it. */
    public List<PatientRow> getLookAlikes() {
        return lookAlikes;
    }

    /** Those that the form offers, and the patient's own. */
    public List<String> getLanguages() {
        return Stream.concat(Texts.offered().stream(), Stream.of(language))
                .distinct()
                .toList();
    }

    /** Those that the form offers, and the patient's own. */
    public List<String> getZones() {
        return Stream.concat(Zones.offered().stream(), Stream.of(zone).filter(own -> !own.isBlank()))
                .distinct()
                .toList();
    }

    public List<TherapistChoice> getTherapists() {
        return therapists;
    }

    public List<Patient.Gender> getGenders() {
        return List.of(Patient.Gender.values());
    }

    public List<Contact.Kind> getKinds() {
        return List.of(Contact.Kind.values());
    }

    public List<ContactRow> getContacts() {
        return contacts;
    }

    public String getRecordNumber() {
        return recordNumber;
    }

    public void setRecordNumber(String recordNumber) {
        this.recordNumber = recordNumber;
    }

    public String getGivenName() {
        return givenName;
    }

    public void setGivenName(String givenName) {
        this.givenName = givenName;
    }

    public String getFamilyName() {
        return familyName;
    }

    public void setFamilyName(String familyName) {
        this.familyName = familyName;
    }

    public @Nullable LocalDate getBirthDate() {
        return birthDate;
    }

    public void setBirthDate(@Nullable LocalDate birthDate) {
        this.birthDate = birthDate;
    }

    public Patient.Gender getGender() {
        return gender;
    }

    public void setGender(Patient.Gender gender) {
        this.gender = gender;
    }

    public String getLanguage() {
        return language;
    }

    public void setLanguage(String language) {
        this.language = language;
    }

    public String getZone() {
        return zone;
    }

    public void setZone(@Nullable String zone) {
        this.zone = zone == null ? "" : zone;
    }

    public @Nullable Long getPrimaryTherapist() {
        return primaryTherapist;
    }

    public void setPrimaryTherapist(@Nullable Long primaryTherapist) {
        this.primaryTherapist = primaryTherapist;
    }

    public @Nullable LocalDate getDiedOn() {
        return diedOn;
    }

    public void setDiedOn(@Nullable LocalDate diedOn) {
        this.diedOn = diedOn;
    }

    public boolean isActive() {
        return active;
    }

    public void setActive(boolean active) {
        this.active = active;
    }

    /** One line of contacts; a blank one is no contact. */
    public static final class ContactRow implements Serializable {
        private static final long serialVersionUID = 1L;

        private Contact.Kind kind;
        private String value = "";
        private boolean fresh;

        ContactRow(Contact.Kind kind) {
            this.kind = kind;
        }

        ContactRow(Contact contact) {
            this.kind = contact.kind();
            this.value = contact.value();
        }

        Stream<Contact> typed() {
            return value.isBlank() ? Stream.empty() : Stream.of(new Contact(kind, value));
        }

        void settle() {
            fresh = false;
        }

        /** Whether it was added just now, so that the cursor belongs into it. */
        public boolean isFresh() {
            return fresh;
        }

        public Contact.Kind getKind() {
            return kind;
        }

        public void setKind(Contact.Kind kind) {
            this.kind = kind;
        }

        public String getValue() {
            return value;
        }

        public void setValue(String value) {
            this.value = value;
        }
    }
}
