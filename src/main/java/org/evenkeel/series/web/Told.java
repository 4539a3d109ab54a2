package org.evenkeel.series.web;

import jakarta.faces.context.FacesContext;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.evenkeel.patient.web.ShownName;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.session.Refusal;
import org.evenkeel.session.RefusalTexts;
import org.evenkeel.session.Refused;

/** Refusals in the words of the page. */
final class Told {
    private Told() {}

    /** A sentence each, for someone who thinks in the zone and has asked for that time. */
    static List<String> of(List<Refusal> refusals, Instant wanted, ZoneId zone) {
        return RefusalTexts.in(FacesContext.getCurrentInstance().getViewRoot().getLocale(), wanted, zone)
                .sentences(shown(refusals));
    }

    /** Beside the field, or on top of the page if it has none. */
    static void beside(String field, Refused refused) {
        Notices.wrong(
                field,
                RefusalTexts.in(FacesContext.getCurrentInstance().getViewRoot().getLocale())
                        .of(new Refused(shown(refused.refusals()), refused.alternatives())));
    }

    /** Where screens are discreet, patients are told by their initials. */
    private static List<Refusal> shown(List<Refusal> refusals) {
        return refusals.stream().map(Told::shown).toList();
    }

    private static Refusal shown(Refusal refusal) {
        return switch (refusal.rule()) {
            case PATIENT_TAKEN, PATIENT_NOT_BOOKABLE, ALREADY_ENROLLED, ALREADY_WAITING ->
                new Refusal(refusal.rule(), ShownName.of(refusal.who()), refusal.blockedBy(), refusal.facts());
            default -> refusal;
        };
    }
}
