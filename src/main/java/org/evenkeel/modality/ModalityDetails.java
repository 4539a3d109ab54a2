package org.evenkeel.modality;

import java.io.Serializable;
import java.util.Locale;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Text;

/**
 * What a form says about a modality.
 *
 * @param code its name in the API: capital letters, digits and hyphens, at most 20; never changes
 * @param defaultMinutes 5 to 480, in steps of five
 * @param minimumSize fewer participants make a group a case for the front desk
 * @param qualification the credential that its therapist must hold, or "" if anyone may give it
 * @param colour index into the palette, 0 to 11
 * @throws Invalid if something is missing, too long or out of its range
 */
public record ModalityDetails(
        String code,
        String name,
        Modality.Format format,
        int defaultMinutes,
        int defaultCapacity,
        int minimumSize,
        String qualification,
        int colour,
        boolean active)
        implements Serializable {

    /** How many colours, each with a pattern, there are to tell modalities apart. */
    public static final int COLOURS = 12;

    public ModalityDetails {
        code = Text.required("code", "code", code, 20).toUpperCase(Locale.ROOT);
        if (!code.matches("[A-Z0-9-]+")) {
            throw new Invalid("code", "invalid.modality.code");
        }
        name = Text.required("name", "modality", name, 80);
        qualification = Text.optional("qualification", "qualification", qualification, 120);
        if (defaultMinutes < 5 || defaultMinutes > 480 || defaultMinutes % 5 != 0) {
            throw new Invalid("defaultMinutes", "invalid.modality.minutes");
        }
        if (defaultCapacity < 1 || defaultCapacity > 500) {
            throw new Invalid("defaultCapacity", "invalid.modality.capacity");
        }
        if (format == Modality.Format.INDIVIDUAL && defaultCapacity != 1) {
            throw new Invalid("defaultCapacity", "invalid.modality.individual");
        }
        if (minimumSize < 1 || minimumSize > defaultCapacity) {
            throw new Invalid("minimumSize", "invalid.modality.minimum", defaultCapacity);
        }
        if (colour < 0 || colour >= COLOURS) {
            throw new Invalid("colour", "invalid.modality.colour");
        }
    }
}
