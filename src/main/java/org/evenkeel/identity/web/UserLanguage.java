package org.evenkeel.identity.web;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.application.ViewHandler;
import jakarta.faces.application.ViewHandlerWrapper;
import jakarta.faces.context.FacesContext;
import java.util.Locale;

/** Pages speak the language of their user; of whoever is not signed in, the one that the browser asks for most. */
public class UserLanguage extends ViewHandlerWrapper {

    /** Called by Faces. */
    public UserLanguage(ViewHandler wrapped) {
        super(wrapped);
    }

    @Override
    public Locale calculateLocale(FacesContext faces) {
        return Locale.forLanguageTag(CDI.current().select(Me.class).get().getLanguage());
    }
}
