package org.evenkeel.session.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.evenkeel.identity.Settings;
import org.evenkeel.session.Change;
import org.evenkeel.session.Refused;
import org.primefaces.PrimeFaces;

/** What the panel's script is told when a request is done: what to say, what to show, where to put the focus. */
@RequestScoped
public class PanelReply {
    private final Settings settings;

    @Inject
    public PanelReply(Settings settings) {
        this.settings = settings;
    }

    @SuppressWarnings("NullAway")
    protected PanelReply() {
        this(null);
    }

    /** Leads to the page of who comes to a session. */
    public void goToRoster(long sessionId) {
        ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
        try {
            external.redirect(external.getRequestContextPath() + "/session/roster?id=" + sessionId);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens the panel, with the focus in a field. */
    void open(String focus) {
        render();
        PrimeFaces.current().executeScript("EvenkeelBooking.open('" + focus + "')");
    }

    /** Renders the panel anew. */
    void render() {
        PrimeFaces.current().ajax().update("bookingBody");
    }

    void close() {
        put("close", true);
    }

    void focus(String id) {
        put("focus", id);
    }

    /** Tells that something has changed, so that whatever is behind the panel shows it. */
    void changed(String said) {
        put("changed", true);
        put("say", said);
        put("seconds", settings.undoSeconds());
    }

    /**
     * The same, with the offer to take it back.
     *
     * @param number of the change, by {@link LastChange}
     */
    void changed(String said, int number) {
        changed(said + " " + Words.text("session.panel.undoable", settings.undoSeconds()));
        put("undo", number);
    }

    /** The number of the change that is to be taken back; empty: the last one, whichever that is. */
    static Optional<Integer> undoAsked() {
        String number = FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterMap()
                .get("undo.change");
        return number != null && number.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(number)) : Optional.empty();
    }

    /** Where to go on from what was done, beside it. */
    void link(String text, String path) {
        put("link", FacesContext.getCurrentInstance().getExternalContext().getRequestContextPath() + path);
        put("linkText", text);
    }

    /** What was only told of a change, behind what was done. */
    static String told(Change change, Instant wanted, ZoneId zone) {
        return String.join(" ", Words.refusals(wanted, zone).sentences(change.told()));
    }

    /** A refusal that has no place of its own on the page. */
    void refuse(String text) {
        put("refusal", text);
    }

    void refuse(Refused refused, Instant wanted, ZoneId zone) {
        refuse(Words.refusals(wanted, zone).of(ShownRefusals.of(refused)));
    }

    private static void put(String name, Object value) {
        PrimeFaces.current().ajax().addCallbackParam(name, value);
    }
}
