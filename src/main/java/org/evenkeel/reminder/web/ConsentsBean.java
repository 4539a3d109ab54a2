package org.evenkeel.reminder.web;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.reminder.Channel;
import org.evenkeel.reminder.Consents;
import org.evenkeel.reminder.Consents.Standing;
import org.evenkeel.reminder.Disclosure;
import org.evenkeel.session.web.BookingChoices;
import org.jspecify.annotations.Nullable;

/** The part of a patient's page that tells which messages they have agreed to. */
@Named("consentsPanel")
@ViewScoped
public class ConsentsBean implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient Consents consents;
    private final transient BookingChoices places;
    private final transient SignedIn signedIn;

    private @Nullable List<Line> lines;

    @Inject
    public ConsentsBean(Consents consents, BookingChoices places, SignedIn signedIn) {
        this.consents = consents;
        this.places = places;
        this.signedIn = signedIn;
    }

    @SuppressWarnings("NullAway")
    protected ConsentsBean() {
        this(null, null, null);
    }

    /** A channel with what is being typed about it. */
    public static final class Line implements Serializable {
        private static final long serialVersionUID = 1L;

        private final Standing standing;
        private Disclosure disclosure;
        private boolean frequent;
        private Consents.Word word = Consents.Word.IN_PERSON;

        Line(Standing standing) {
            this.standing = standing;
            Consents.Given given = standing.given();
            this.disclosure = given == null ? Disclosure.LEAST : given.disclosure();
            this.frequent = given != null && given.frequent();
        }

        public Standing getStanding() {
            return standing;
        }

        public Disclosure getDisclosure() {
            return disclosure;
        }

        public void setDisclosure(Disclosure disclosure) {
            this.disclosure = disclosure;
        }

        public boolean isFrequent() {
            return frequent;
        }

        public void setFrequent(boolean frequent) {
            this.frequent = frequent;
        }

        public Consents.Word getWord() {
            return word;
        }

        public void setWord(Consents.Word word) {
            this.word = word;
        }
    }

    /** How the patient stands with each channel. */
    public List<Line> lines(long patientId) {
        List<Line> read = lines;
        if (read == null) {
            read = new ArrayList<>(consents.standing(signedIn.actor(), patientId).stream()
                    .map(Line::new)
                    .toList());
            lines = read;
        }
        return read;
    }

    public String give(long patientId, Line line) {
        consents.give(
                signedIn.actor(), patientId, line.getStanding().channel(), line.getDisclosure(), line.isFrequent());
        return told(patientId, "reminder.consent.given", line);
    }

    public String withdraw(long patientId, Line line) {
        consents.withdraw(signedIn.actor(), patientId, line.getStanding().channel());
        return told(patientId, "reminder.consent.withdrawn", line);
    }

    public String optOut(long patientId, Line line) {
        consents.optOut(signedIn.actor(), patientId, line.getStanding().channel());
        return told(patientId, "reminder.consent.stopped", line);
    }

    public String optIn(long patientId, Line line) {
        consents.optIn(signedIn.actor(), patientId, line.getStanding().channel(), line.getWord());
        return told(patientId, "reminder.consent.started", line);
    }

    private static String told(long patientId, String key, Line line) {
        Notices.done(key, Notices.text("reminder.channel." + line.getStanding().channel()));
        return "/patient/view?faces-redirect=true&id=" + patientId;
    }

    /** What a message says at most. */
    public String example(Channel channel, Disclosure disclosure) {
        String language =
                FacesContext.getCurrentInstance().getViewRoot().getLocale().getLanguage();
        return Consents.example(language, channel, disclosure);
    }

    /** Whose dates are shown: the first site's. */
    public ZoneId getZone() {
        return places.getSites().stream()
                .findFirst()
                .map(BookingChoices.SiteChoice::zone)
                .orElse(ZoneId.of("UTC"));
    }

    public List<Disclosure> getLevels() {
        return List.of(Disclosure.values());
    }

    public List<Consents.Word> getWords() {
        return List.of(Consents.Word.values());
    }
}
