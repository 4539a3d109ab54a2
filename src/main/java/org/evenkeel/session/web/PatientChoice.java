package org.evenkeel.session.web;

import java.io.Serializable;
import java.util.function.UnaryOperator;
import org.evenkeel.patient.PatientDetails;
import org.evenkeel.patient.PatientRow;
import org.evenkeel.platform.web.Formats;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the field of the patient: someone who was found, or letters that mean nobody yet.
 *
 * @param id null: only typed
 * @param name of the patient, or what was typed
 * @param rest what tells patients of one name apart; "" of nobody
 */
public record PatientChoice(@Nullable Long id, String name, String rest) implements Serializable {

    static PatientChoice typed(String text) {
        return new PatientChoice(null, text.strip(), "");
    }

    static PatientChoice of(PatientRow row) {
        StringBuilder rest = new StringBuilder();
        if (row.birthDate() != null) {
            rest.append(", ").append(Formats.date(row.birthDate()).replaceFirst("^\\S+ ", ""));
        }
        rest.append(", ").append(row.recordNumber());
        if (!row.bookable()) {
            rest.append(" (").append(Words.text("session.panel.notBookable")).append(')');
        }
        return new PatientChoice(row.id(), row.displayName(), rest.toString());
    }

    static PatientChoice of(long id, PatientDetails details) {
        return of(new PatientRow(
                id,
                details.recordNumber(),
                details.givenName() + " " + details.familyName(),
                details.birthDate(),
                details.diedOn(),
                details.active() && details.diedOn() == null));
    }

    /** The same, once chosen, for a reader who is shown patients otherwise than by their names. */
    PatientChoice naming(UnaryOperator<String> patient) {
        return id == null ? this : new PatientChoice(id, patient.apply(name), rest);
    }

    /** What the field shows. */
    public String label() {
        return name + rest;
    }

    public boolean isKnown() {
        return id != null;
    }

    /** How the browser sends it back. */
    String key() {
        return id == null ? name : "#" + id;
    }

    /** How it stands in the list of what may be meant: letters that mean nobody are the offer to create someone. */
    public String offer() {
        return id == null ? Words.text("session.panel.create", name) : label();
    }

    /** The id alone: names stay out of logs. */
    @Override
    public String toString() {
        return "PatientChoice " + id;
    }
}
