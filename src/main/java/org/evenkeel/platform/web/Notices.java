package org.evenkeel.platform.web;

import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.UIComponent;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Phrases;
import org.jspecify.annotations.Nullable;

/** What a page tells its user after a POST: that it is done, on the next page; or what is wrong, beside the field. */
public final class Notices {
    private Notices() {}

    /** A text of the bundle with its places filled in. */
    public static String text(String key, Object... values) {
        return Phrases.in(Formats.locale()).of(key, values);
    }

    /** What is wrong, and what to do. */
    public static String text(Invalid problem) {
        return problem.in(Formats.locale());
    }

    /** Says so on top of the page that follows, also after a redirect. */
    public static void done(String key, Object... values) {
        FacesContext faces = FacesContext.getCurrentInstance();
        faces.addMessage(null, new FacesMessage(FacesMessage.SEVERITY_INFO, text(key, values), null));
        faces.getExternalContext().getFlash().setKeepMessages(true);
    }

    /** Asks to look again at the page as it is shown anew. An error would have lists keep the rows that they had. */
    public static void again(String key) {
        FacesContext faces = FacesContext.getCurrentInstance();
        faces.addMessage(null, new FacesMessage(FacesMessage.SEVERITY_WARN, text(key), null));
    }

    /** Shows what is wrong beside the field of that name, or on top of the page if it has none. */
    public static void invalid(Invalid problem) {
        wrong(problem.field(), text(problem));
    }

    /** Shows a text beside the field with that id, or on top of the page if there is none. */
    public static void wrong(String field, String text) {
        FacesContext faces = FacesContext.getCurrentInstance();
        UIComponent input = field.isEmpty() ? null : find(faces.getViewRoot(), field);
        String clientId = input == null ? null : input.getClientId(faces);
        faces.addMessage(clientId, new FacesMessage(FacesMessage.SEVERITY_ERROR, text, null));
        faces.validationFailed();
    }

    /** Sends the browser to a path of the application. */
    public static void redirect(String path) {
        ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
        try {
            external.redirect(external.getRequestContextPath() + path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable UIComponent find(UIComponent in, String id) {
        if (id.equals(in.getId())) {
            return in;
        }
        for (var children = in.getFacetsAndChildren(); children.hasNext(); ) {
            UIComponent found = find(children.next(), id);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
