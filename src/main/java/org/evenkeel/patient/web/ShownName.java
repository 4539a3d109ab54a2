package org.evenkeel.patient.web;

import jakarta.enterprise.inject.spi.CDI;
import org.evenkeel.identity.web.Me;
import org.evenkeel.shared.Initials;

/** A patient's name as the user wants it on screen: pages, and what they say when something is done, ask here. */
public final class ShownName {
    private ShownName() {}

    /** The name, or its initials where screens are discreet. */
    public static String of(String name) {
        return CDI.current().select(Me.class).get().isDiscreet() ? Initials.of(name) : name;
    }
}
