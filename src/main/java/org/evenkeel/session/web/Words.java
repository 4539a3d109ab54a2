package org.evenkeel.session.web;

import jakarta.faces.context.FacesContext;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.ResourceBundle;
import org.evenkeel.session.RefusalTexts;
import org.evenkeel.session.Refused;

/** Texts of the bundle in the language of the page; in English where there is no page. */
final class Words {

    private Words() {}

    static String text(String key, Object... values) {
        String pattern =
                ResourceBundle.getBundle("org.evenkeel.i18n.Messages", locale()).getString(key);
        return new MessageFormat(pattern, locale()).format(values);
    }

    /** Refusals as a reader at a site is told them who has asked for a time. */
    static RefusalTexts refusals(Instant wanted, ZoneId zone) {
        return RefusalTexts.in(locale(), wanted, zone);
    }

    /** Refusals as a reader is told them of whom no more is known. */
    static String of(Refused refused) {
        return RefusalTexts.in(locale()).of(ShownRefusals.of(refused));
    }

    static Locale locale() {
        FacesContext faces = FacesContext.getCurrentInstance();
        return faces == null || faces.getViewRoot() == null
                ? Locale.ENGLISH
                : faces.getViewRoot().getLocale();
    }
}
