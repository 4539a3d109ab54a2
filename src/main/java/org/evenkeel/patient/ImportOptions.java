package org.evenkeel.patient;

import java.io.Serializable;
import java.util.Locale;

/**
 * How a file is to be read, and told of.
 *
 * @param cleanNames whether digits are taken out of names, as Synthea puts them in
 * @param dryRun whether to tell what would happen, and change nothing
 * @param locale in which the report tells what becomes of the lines
 */
public record ImportOptions(boolean cleanNames, Encoding encoding, boolean dryRun, Locale locale)
        implements Serializable {

    /** What the bytes of the file mean. */
    public enum Encoding {
        /** UTF-8, unless more lines speak for Latin-1. */
        DETECT,
        UTF_8,
        LATIN_1
    }

    ImportOptions forReal() {
        return new ImportOptions(cleanNames, encoding, false, locale);
    }
}
