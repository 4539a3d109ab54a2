package org.evenkeel.reminder;

import org.evenkeel.patient.Contact;

/** A way that a message takes. */
public enum Channel {
    SMS(Contact.Kind.PHONE),
    EMAIL(Contact.Kind.EMAIL);

    private final Contact.Kind contact;

    Channel(Contact.Kind contact) {
        this.contact = contact;
    }

    /** What a patient must have to be reached by it. */
    public Contact.Kind contact() {
        return contact;
    }
}
