package org.evenkeel.patient;

import java.io.Serializable;
import java.util.Locale;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Text;

/**
 * How a patient is reached.
 *
 * @throws Invalid if the value is missing, too long, or not of its kind
 */
public record Contact(Kind kind, String value) implements Serializable {

    /** What it is; by it the value is checked and compared. */
    public enum Kind {
        PHONE,
        EMAIL,
        ADDRESS
    }

    public Contact {
        value = Text.required("contacts", "contact." + kind, value, 300);
        if (kind == Kind.EMAIL && !value.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+")) {
            throw new Invalid("contacts", "invalid.patient.email", value);
        }
        if (kind == Kind.PHONE && !value.matches("\\+?[-0-9 ()./x]{3,40}")) {
            throw new Invalid("contacts", "invalid.patient.phone", value);
        }
    }

    /** What all writings of one contact have in common: a phone number with its calling code, an e-mail address in lower case. */
    String normalised(PhoneNumbers phones) {
        return switch (kind) {
            case PHONE -> phones.international(value).substring(1);
            case EMAIL -> value.toLowerCase(Locale.ROOT);
            case ADDRESS -> Patient.searchable(value);
        };
    }

    /** The kind alone: contacts stay out of logs. */
    @Override
    public String toString() {
        return kind.name();
    }
}
