package org.evenkeel.reminder;

/** How much a message to a patient may say; by what they have agreed to, the least unless they wanted more. */
public enum Disclosure {
    /** That there is an appointment, when, and whom to call. */
    LEAST,
    /** Where, too. */
    PLACE,
    /** And the names of the patient and of the therapist. */
    NAMES;

    public boolean allows(Disclosure said) {
        return said.compareTo(this) <= 0;
    }
}
