package org.evenkeel.therapist.web;

import static java.util.stream.Collectors.toMap;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.modality.ModalityRegister;
import org.evenkeel.modality.ModalityRow;
import org.evenkeel.platform.web.EditForm;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Languages;
import org.evenkeel.shared.Versioned;
import org.evenkeel.therapist.Qualified;
import org.evenkeel.therapist.Therapist;
import org.evenkeel.therapist.TherapistDetails;
import org.evenkeel.therapist.TherapistRegister;
import org.jspecify.annotations.Nullable;

/** The form of a therapist: names, gender, languages, qualifications. */
@Named("therapistForm")
@ViewScoped
public class TherapistFormBean extends EditForm<TherapistDetails> {
    private static final long serialVersionUID = 1L;

    private transient TherapistRegister register;
    private transient ModalityRegister modalityRegister;
    private transient SignedIn signedIn;
    private transient Clock clock;

    private String title = "";
    private String givenName = "";
    private String familyName = "";
    private Therapist.Gender gender = Therapist.Gender.FEMALE;
    private List<String> languages = List.of("en");
    private final List<QualificationRow> qualifications = new ArrayList<>();
    private boolean active = true;
    private int sessionsLeft;
    private transient List<ModalityRow> modalities = List.of();

    @SuppressWarnings("NullAway.Init")
    protected TherapistFormBean() {}

    @Inject
    public TherapistFormBean(
            TherapistRegister register, ModalityRegister modalityRegister, SignedIn signedIn, Clock clock) {
        this.register = register;
        this.modalityRegister = modalityRegister;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    @Override
    public void open() {
        signedIn.require("change therapists", Role.LEAD, Role.ADMIN);
        modalities = ModalityChoices.all(modalityRegister, signedIn.actor());
        super.open();
    }

    @Override
    protected Versioned<TherapistDetails> read(long existing) {
        return register.find(signedIn.actor(), existing);
    }

    @Override
    protected void show(TherapistDetails details) {
        title = details.title();
        givenName = details.givenName();
        familyName = details.familyName();
        gender = details.gender();
        languages = details.languages();
        qualifications.clear();
        details.qualifications().forEach(one -> qualifications.add(new QualificationRow(one)));
        active = details.active();
    }

    @Override
    protected TherapistDetails typed() {
        return new TherapistDetails(
                title,
                givenName,
                familyName,
                gender,
                languages,
                qualifications.stream().map(QualificationRow::typed).toList(),
                active);
    }

    @Override
    protected long create(TherapistDetails details) {
        return register.add(signedIn.actor(), details);
    }

    @Override
    protected void change(long existing, long version, TherapistDetails details) {
        sessionsLeft = register.change(signedIn.actor(), existing, version, details);
    }

    @Override
    protected String saved(long savedId) {
        String name = Therapist.displayName(title.strip(), givenName.strip(), familyName.strip());
        if (isFresh()) {
            Notices.done("therapist.edit.created", name);
            return "/availability/edit?faces-redirect=true&id=" + savedId;
        }
        if (sessionsLeft > 0) {
            Notices.done(
                    active ? "therapist.edit.savedLapsed" : "therapist.edit.savedWithSessions", name, sessionsLeft);
        } else {
            Notices.done(active ? "therapist.edit.saved" : "therapist.edit.savedInactive", name);
        }
        return "/therapist/list?faces-redirect=true";
    }

    @Override
    protected String inWords(String field, Object value) {
        if (value instanceof Qualified one) {
            Map<Long, String> names = modalities.stream()
                    .collect(toMap(ModalityRow::id, row -> row.details().name()));
            return names.getOrDefault(one.modalityId(), "") + " " + one;
        }
        if (value instanceof Therapist.Gender given) {
            return Notices.text("gender." + given);
        }
        return field.equals("languages") ? Formats.language(value.toString()) : value.toString();
    }

    /** Adds a line for a qualification that is valid from today on. */
    public void addQualification() {
        qualifications.forEach(QualificationRow::settle);
        qualifications.add(new QualificationRow(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
    }

    public void removeQualification(QualificationRow row) {
        qualifications.remove(row);
    }

    /** Those that the form offers, and those that the therapist speaks beside them. */
    public List<String> getOfferedLanguages() {
        return Stream.concat(Languages.OFFERED.stream(), languages.stream())
                .distinct()
                .toList();
    }

    public List<Therapist.Gender> getGenders() {
        return List.of(Therapist.Gender.values());
    }

    public List<ModalityRow> getModalities() {
        return modalities;
    }

    public List<QualificationRow> getQualifications() {
        return qualifications;
    }

    public String getTitle() {
        return title;
    }

    public void setTitle(String title) {
        this.title = title;
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

    public Therapist.Gender getGender() {
        return gender;
    }

    public void setGender(Therapist.Gender gender) {
        this.gender = gender;
    }

    public List<String> getLanguages() {
        return languages;
    }

    public void setLanguages(List<String> languages) {
        this.languages = List.copyOf(languages);
    }

    public boolean isActive() {
        return active;
    }

    public void setActive(boolean active) {
        this.active = active;
    }

    /** One line of qualifications. */
    public static final class QualificationRow implements Serializable {
        private static final long serialVersionUID = 1L;

        private @Nullable Long modality;
        private @Nullable LocalDate from;
        private @Nullable LocalDate to;
        private boolean fresh;

        QualificationRow(Qualified one) {
            modality = one.modalityId();
            from = one.validFrom();
            to = one.validTo();
        }

        QualificationRow(LocalDate today) {
            from = today;
            fresh = true;
        }

        Qualified typed() {
            if (modality == null || from == null) {
                throw new Invalid("qualifications", "therapist.edit.qualificationIncomplete");
            }
            return new Qualified(modality, from, to);
        }

        void settle() {
            fresh = false;
        }

        /** Whether it was added just now, so that the cursor belongs into it. */
        public boolean isFresh() {
            return fresh;
        }

        public @Nullable Long getModality() {
            return modality;
        }

        public void setModality(@Nullable Long modality) {
            this.modality = modality;
        }

        public @Nullable LocalDate getFrom() {
            return from;
        }

        public void setFrom(@Nullable LocalDate from) {
            this.from = from;
        }

        public @Nullable LocalDate getTo() {
            return to;
        }

        public void setTo(@Nullable LocalDate to) {
            this.to = to;
        }
    }
}
