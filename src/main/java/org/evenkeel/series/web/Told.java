package org.evenkeel.series.web;

import jakarta.faces.context.FacesContext;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.session.Refusal;
import org.evenkeel.session.RefusalTexts;
import org.evenkeel.session.Refused;
import org.evenkeel.session.web.ShownRefusals;

/** Refusals in the words of the page. */
final class Told {
    private Told() {}

    /** A sentence each, for someone who thinks in the zone and has asked for that time. */
    static List<String> of(List<Refusal> refusals, Instant wanted, ZoneId zone) {
        return RefusalTexts.in(FacesContext.getCurrentInstance().getViewRoot().getLocale(), wanted, zone)
                .sentences(ShownRefusals.of(refusals));
    }

    /** A sentence each, where no time was asked for. */
    static List<String> of(List<Refusal> refusals) {
        return RefusalTexts.in(FacesContext.getCurrentInstance().getViewRoot().getLocale())
                .sentences(ShownRefusals.of(refusals));
    }

    /** Beside the field, or on top of the page if it has none. */
    static void beside(String field, Refused refused) {
        Notices.wrong(
                field,
                RefusalTexts.in(FacesContext.getCurrentInstance().getViewRoot().getLocale())
                        .of(ShownRefusals.of(refused)));
    }
}
