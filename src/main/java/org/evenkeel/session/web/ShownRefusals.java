package org.evenkeel.session.web;

import java.util.List;
import org.evenkeel.patient.web.ShownName;
import org.evenkeel.session.Refusal;
import org.evenkeel.session.Refused;

/** Refusals as the user wants them on screen: where screens are discreet, patients are told by their initials. */
public final class ShownRefusals {
    private ShownRefusals() {}

    public static Refused of(Refused refused) {
        return new Refused(of(refused.refusals()), refused.alternatives());
    }

    public static List<Refusal> of(List<Refusal> refusals) {
        return refusals.stream().map(refusal -> refusal.naming(ShownName::of)).toList();
    }
}
