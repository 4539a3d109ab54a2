package org.evenkeel.series.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.patient.PatientRegister;
import org.evenkeel.patient.PatientRow;
import org.evenkeel.patient.web.ShownName;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.shared.Invalid;

/**
 * A field of one patient: it offers "Ana Ruiz, Mon 3 Mar 1980, EK-1071", and understands that, a record number, or whatever else means
 * one patient beyond doubt.
 */
@Named
@ApplicationScoped
public class PatientField {
    private static final int MOST = 12;
    private static final Pattern OFFERED = Pattern.compile(".*, ([^,]+)");

    private PatientRegister register;
    private SignedIn signedIn;

    @SuppressWarnings("NullAway.Init")
    protected PatientField() {}

    @Inject
    public PatientField(PatientRegister register, SignedIn signedIn) {
        this.register = register;
        this.signedIn = signedIn;
    }

    /** Patients that the letters may mean. */
    public List<String> complete(String typed) {
        return register.search(signedIn.actor(), typed, "group", 0, MOST).items().stream()
                .filter(PatientRow::bookable)
                .map(PatientField::label)
                .toList();
    }

    /**
     * Whom the text means.
     *
     * @param field where to say that it is nobody
     * @throws Invalid if it is nobody, or several
     */
    public PatientRow meant(String field, String text) {
        if (text.isBlank()) {
            throw new Invalid(field, "group.patient.missing");
        }
        Matcher offered = OFFERED.matcher(text.strip());
        String words = offered.matches() ? offered.group(1) : text.strip();
        var found = register.search(signedIn.actor(), words, "group", 0, 2);
        if (found.total() != 1) {
            throw new Invalid(field, found.total() == 0 ? "group.patient.none" : "group.patient.several");
        }
        return found.items().get(0);
    }

    public static String label(PatientRow row) {
        String born = row.birthDate() == null ? "" : ", " + Formats.date(row.birthDate());
        return ShownName.of(row.displayName()) + born + ", " + row.recordNumber();
    }
}
