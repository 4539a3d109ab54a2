package org.evenkeel.reminder;

import org.evenkeel.patient.Contact;

/** Addresses shown so far that whoever knows them recognises them, and nobody else learns them. */
final class Masked {
    private static final String HIDDEN = "\u2022\u2022\u2022";
    private static final int LAST = 2;

    private Masked() {}

    /** "•••11" of a phone number, "a•••@example.org" of an e-mail address. */
    static String of(Contact contact) {
        String value = contact.value();
        if (contact.kind() == Contact.Kind.EMAIL) {
            int at = value.indexOf('@');
            return value.substring(0, Math.min(1, at)) + HIDDEN + value.substring(at);
        }
        String digits = value.replaceAll("[^0-9]", "");
        return HIDDEN + digits.substring(Math.max(0, digits.length() - LAST));
    }
}
