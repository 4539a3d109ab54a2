package org.evenkeel.session.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.modality.Modality;
import org.evenkeel.modality.ModalityDetails;
import org.evenkeel.modality.ModalityRegister;
import org.evenkeel.modality.ModalityRow;
import org.evenkeel.site.RoomRow;
import org.evenkeel.site.SiteRegister;
import org.evenkeel.therapist.TherapistChoice;
import org.evenkeel.therapist.TherapistRegister;
import org.jspecify.annotations.Nullable;

/** What booking has to choose from, read once in a request. */
@Named
@RequestScoped
public class BookingChoices {

    private static final int ALL = 1000;

    private final SignedIn signedIn;
    private final ModalityRegister modalityRegister;
    private final TherapistRegister therapistRegister;
    private final SiteRegister siteRegister;

    private @Nullable List<ModalityDetails> therapies;
    private @Nullable List<TherapistChoice> therapists;
    private @Nullable List<SiteChoice> sites;
    private @Nullable List<RoomRow> rooms;

    @Inject
    public BookingChoices(
            SignedIn signedIn,
            ModalityRegister modalityRegister,
            TherapistRegister therapistRegister,
            SiteRegister siteRegister) {
        this.signedIn = signedIn;
        this.modalityRegister = modalityRegister;
        this.therapistRegister = therapistRegister;
        this.siteRegister = siteRegister;
    }

    @SuppressWarnings("NullAway")
    protected BookingChoices() {
        this(null, null, null, null);
    }

    /** A site with its zone. */
    public record SiteChoice(long id, String name, ZoneId zone) implements Serializable {}

    /** Therapies that one patient can have alone, by name. */
    public List<ModalityDetails> getModalities() {
        return getTherapies().stream()
                .filter(m -> m.format() != Modality.Format.GROUP)
                .toList();
    }

    /** All therapies in use, those that are given in groups only too, by name. */
    public List<ModalityDetails> getTherapies() {
        List<ModalityDetails> read = therapies;
        if (read == null) {
            read = modalityRegister.list(signedIn.actor(), 0, ALL).items().stream()
                    .map(ModalityRow::details)
                    .filter(ModalityDetails::active)
                    .toList();
            therapies = read;
        }
        return read;
    }

    public Optional<ModalityDetails> therapy(String code) {
        return getTherapies().stream().filter(m -> m.code().equals(code)).findFirst();
    }

    public Optional<ModalityDetails> modality(String code) {
        return getModalities().stream().filter(m -> m.code().equals(code)).findFirst();
    }

    /** Therapists whose sessions the user may book, by family name. */
    public List<TherapistChoice> getTherapists() {
        List<TherapistChoice> read = therapists;
        if (read == null) {
            Actor actor = signedIn.actor();
            read = therapistRegister.choices(actor).stream()
                    .filter(t -> actor.hasAny(Role.DESK, Role.LEAD) || actor.isTherapist(t.id()))
                    .toList();
            therapists = read;
        }
        return read;
    }

    /** Sites in use, by name. */
    public List<SiteChoice> getSites() {
        List<SiteChoice> read = sites;
        if (read == null) {
            read = siteRegister.list(signedIn.actor(), 0, ALL).items().stream()
                    .filter(s -> s.active())
                    .map(s -> new SiteChoice(s.id(), s.name(), s.zone()))
                    .toList();
            sites = read;
        }
        return read;
    }

    public Optional<SiteChoice> site(@Nullable Long id) {
        return getSites().stream().filter(s -> id != null && s.id() == id).findFirst();
    }

    /** Whether wall times need the name of their zone. */
    public boolean isSeveralZones() {
        return getSites().stream().map(SiteChoice::zone).distinct().count() > 1;
    }

    /** Rooms of a site that are in use, by name. */
    public List<RoomRow> rooms(@Nullable Long siteId) {
        List<RoomRow> read = rooms;
        if (read == null) {
            read = siteRegister.rooms(signedIn.actor(), null, 0, ALL).items();
            rooms = read;
        }
        return read.stream()
                .filter(r -> r.active() && siteId != null && r.siteId() == siteId)
                .toList();
    }
}
