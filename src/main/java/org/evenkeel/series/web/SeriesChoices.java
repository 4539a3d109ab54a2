package org.evenkeel.series.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.modality.ModalityDetails;
import org.evenkeel.modality.ModalityRegister;
import org.evenkeel.modality.ModalityRow;
import org.evenkeel.series.GroupRow;
import org.evenkeel.series.Groups;
import org.evenkeel.site.RoomRow;
import org.evenkeel.site.SiteRegister;
import org.evenkeel.therapist.TherapistChoice;
import org.evenkeel.therapist.TherapistRegister;
import org.jspecify.annotations.Nullable;

/** What the forms of series have to choose from, read once in a request. */
@Named
@RequestScoped
public class SeriesChoices {
    private static final int ALL = 1000;

    private SignedIn signedIn;
    private ModalityRegister modalityRegister;
    private TherapistRegister therapistRegister;
    private SiteRegister siteRegister;
    private Groups groupRegister;

    private @Nullable List<ModalityDetails> modalities;
    private @Nullable List<TherapistChoice> therapists;
    private @Nullable List<RoomRow> rooms;
    private @Nullable List<GroupRow> groups;

    @SuppressWarnings("NullAway.Init")
    protected SeriesChoices() {}

    @Inject
    public SeriesChoices(
            SignedIn signedIn,
            ModalityRegister modalityRegister,
            TherapistRegister therapistRegister,
            SiteRegister siteRegister,
            Groups groupRegister) {
        this.signedIn = signedIn;
        this.modalityRegister = modalityRegister;
        this.therapistRegister = therapistRegister;
        this.siteRegister = siteRegister;
        this.groupRegister = groupRegister;
    }

    /** Therapies in use, by name. */
    public List<ModalityDetails> getModalities() {
        List<ModalityDetails> read = modalities;
        if (read == null) {
            read = modalityRegister.list(signedIn.actor(), 0, ALL).items().stream()
                    .map(ModalityRow::details)
                    .filter(ModalityDetails::active)
                    .toList();
            modalities = read;
        }
        return read;
    }

    public Optional<ModalityDetails> modality(String code) {
        return getModalities().stream().filter(m -> m.code().equals(code)).findFirst();
    }

    /** Therapists who take sessions, by family name. */
    public List<TherapistChoice> getTherapists() {
        List<TherapistChoice> read = therapists;
        if (read == null) {
            read = therapistRegister.choices(signedIn.actor());
            therapists = read;
        }
        return read;
    }

    /** Those of them who may give a therapy on a day; nobody, as long as none is chosen. */
    public Set<Long> qualified(String modality, @Nullable LocalDate day) {
        return modality.isEmpty() || day == null
                ? Set.of()
                : therapistRegister.qualified(signedIn.actor(), modality, day);
    }

    public String therapist(long id) {
        return getTherapists().stream()
                .filter(t -> t.id() == id)
                .findFirst()
                .map(TherapistChoice::name)
                .orElse("");
    }

    /** Rooms in use, by site. */
    public List<RoomRow> getRooms() {
        List<RoomRow> read = rooms;
        if (read == null) {
            read = siteRegister.rooms(signedIn.actor(), null, 0, ALL).items().stream()
                    .filter(RoomRow::active)
                    .toList();
            rooms = read;
        }
        return read;
    }

    public String room(long id) {
        return getRooms().stream()
                .filter(r -> r.id() == id)
                .findFirst()
                .map(RoomRow::name)
                .orElse("");
    }

    /** Groups that still have dates, by name. */
    public List<GroupRow> getGroups() {
        List<GroupRow> read = groups;
        if (read == null) {
            read = groupRegister
                    .list(signedIn.actor(), Groups.Filter.RUNNING_GROUPS, 0, ALL)
                    .items();
            groups = read;
        }
        return read;
    }
}
