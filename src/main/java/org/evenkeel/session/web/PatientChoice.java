package org.evenkeel.session.web;

import java.io.Serializable;
import org.evenkeel.patient.PatientRow;
import org.evenkeel.platform.web.Formats;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the field of the patient: someone who was found, or letters that mean nobody yet.
 *
 * @param id null: only typed
 * @param label what the field shows
 */
public record PatientChoice(@Nullable Long id, String label) implements Serializable {

    static PatientChoice typed(String text) {
        return new PatientChoice(null, text.strip());
    }

    static PatientChoice of(PatientRow row) {
        StringBuilder label = new StringBuilder(row.displayName());
        if (row.birthDate() != null) {
            label.append(", ")
                    .append(Formats.date(row.birthDate(), Words.locale()).replaceFirst("^\\S+ ", ""));
        }
        label.append(", ").append(row.recordNumber());
        if (!row.bookable()) {
            label.append(" (").append(Words.text("session.panel.notBookable")).append(')');
        }
        return new PatientChoice(row.id(), label.toString());
    }

    public boolean isKnown() {
        return id != null;
    }

    /** How the browser sends it back. */
    String key() {
        return id == null ? label : "#" + id;
    }

    /** How it stands in the list of what may be meant: letters that mean nobody are the offer to create someone. */
    public String offer() {
        return id == null ? Words.text("session.panel.create", label) : label;
    }

    /** The id alone: names stay out of logs. */
    @Override
    public String toString() {
        return "PatientChoice " + id;
    }
}
