package org.evenkeel.reminder;

import java.util.LinkedHashSet;
import java.util.Set;
import org.evenkeel.platform.Configuration;

/**
 * Phone numbers as people write them, and as providers do: digits with a leading +.
 *
 * @param country the calling code of numbers that are written without one, such as "1"
 */
record PhoneNumbers(String country) {

    private static final int NORTH_AMERICAN = 10;

    static PhoneNumbers of(Configuration configuration) {
        return new PhoneNumbers(configuration.text("sms.country").orElse("1").replaceAll("[^0-9]", ""));
    }

    /** "+15550100111" for "(555) 010-0111"; an extension is left out. */
    String international(String written) {
        String number = written.split("[xX]", 2)[0];
        String digits = number.replaceAll("[^0-9]", "");
        if (number.strip().startsWith("+")) {
            return "+" + digits;
        }
        if (digits.startsWith("00")) {
            return "+" + digits.substring(2);
        }
        if (isNorthAmerican() && digits.length() > NORTH_AMERICAN && digits.startsWith(country)) {
            return "+" + digits;
        }
        return "+" + country + digits.replaceFirst("^0", "");
    }

    /** How somebody may have written the number of a provider: with and without the calling code. */
    Set<String> writings(String international) {
        Set<String> writings = new LinkedHashSet<>();
        String digits = international.replaceAll("[^0-9]", "");
        writings.add("+" + digits);
        if (digits.startsWith(country)) {
            String national = digits.substring(country.length());
            writings.add(national);
            if (!isNorthAmerican()) {
                writings.add("0" + national);
            }
        }
        writings.add("00" + digits);
        return writings;
    }

    private boolean isNorthAmerican() {
        return country.equals("1");
    }
}
