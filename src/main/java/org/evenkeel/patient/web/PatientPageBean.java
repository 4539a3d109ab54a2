package org.evenkeel.patient.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.patient.KeepApart;
import org.evenkeel.patient.PatientDetails;
import org.evenkeel.patient.PatientRegister;
import org.evenkeel.patient.PatientRow;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.series.KeptApartDates;
import org.evenkeel.series.KeptApartDates.Meeting;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.therapist.TherapistChoice;
import org.evenkeel.therapist.TherapistRegister;
import org.jspecify.annotations.Nullable;

/** The page of one patient; for the lead, with whom they are kept apart from. */
@Named("patientPage")
@ViewScoped
public class PatientPageBean implements Serializable {
    private static final long serialVersionUID = 1L;

    private transient PatientRegister register;
    private transient KeepApart keepApart;
    private transient KeptApartDates sharedDates;
    private transient TherapistRegister therapists;
    private transient SignedIn signedIn;

    private @Nullable Long id;
    private @Nullable PatientDetails details;
    private String primaryTherapist = "";
    private List<PatientRow> apart = List.of();
    private List<Meeting> meetings = List.of();
    private String other = "";

    @SuppressWarnings("NullAway.Init")
    protected PatientPageBean() {}

    @Inject
    public PatientPageBean(
            PatientRegister register,
            KeepApart keepApart,
            KeptApartDates sharedDates,
            TherapistRegister therapists,
            SignedIn signedIn) {
        this.register = register;
        this.keepApart = keepApart;
        this.sharedDates = sharedDates;
        this.therapists = therapists;
        this.signedIn = signedIn;
    }

    public void open() {
        PatientDetails found =
                register.view(signedIn.actor(), existing(), "patient/view").details();
        details = found;
        Optional<TherapistChoice> primary = found.primaryTherapistId() == null
                ? Optional.empty()
                : therapists.everybody(signedIn.actor()).stream()
                        .filter(choice -> choice.id() == found.primaryTherapistId())
                        .findFirst();
        primaryTherapist = primary.map(TherapistChoice::name).orElse("");
        if (isLead()) {
            apart = keepApart.of(signedIn.actor(), existing());
            meetings = sharedDates.of(signedIn.actor(), existing());
        }
    }

    /** Keeps this patient apart from the one that was typed, whom it must mean beyond doubt. */
    public @Nullable String keepApart() {
        try {
            long from = meant().id();
            keepApart.add(signedIn.actor(), existing(), from);
            boolean meet = sharedDates.of(signedIn.actor(), existing()).stream().anyMatch(m -> m.otherId() == from);
            Notices.done(meet ? "patient.view.apartAddedShared" : "patient.view.apartAdded");
            return page();
        } catch (Invalid e) {
            Notices.invalid(e);
            return null;
        }
    }

    private PatientRow meant() {
        if (other.isBlank()) {
            throw new Invalid("keepApart", "patient.view.apartMissing");
        }
        var found = register.search(signedIn.actor(), other, "patient/keep-apart", 0, 2);
        if (found.total() != 1) {
            throw new Invalid("keepApart", "patient.view.apartUnclear", found.total());
        }
        return found.items().get(0);
    }

    public String endKeepApart(PatientRow from) {
        keepApart.end(signedIn.actor(), existing(), from.id());
        Notices.done("patient.view.apartEnded");
        return page();
    }

    private long existing() {
        if (id == null) {
            throw new NotFound("patient", "");
        }
        return id;
    }

    private String page() {
        return "/patient/view?faces-redirect=true&id=" + existing();
    }

    private boolean isLead() {
        return signedIn.actor().has(Role.LEAD);
    }

    public @Nullable PatientDetails getDetails() {
        return details;
    }

    /** "" if there is none. */
    public String getPrimaryTherapist() {
        return primaryTherapist;
    }

    public List<PatientRow> getApart() {
        return apart;
    }

    /** Dates to come that they share with someone from whom they are kept apart. */
    public List<Meeting> getMeetings() {
        return meetings;
    }

    public @Nullable Long getId() {
        return id;
    }

    public void setId(@Nullable Long id) {
        this.id = id;
    }

    public String getOther() {
        return other;
    }

    public void setOther(String other) {
        this.other = other;
    }
}
