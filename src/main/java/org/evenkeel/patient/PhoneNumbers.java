package org.evenkeel.patient;

import java.util.Set;
import org.evenkeel.platform.Configuration;

/**
 * Phone numbers as people write them, and as providers and the database do: digits with a leading +, the calling code first.
 *
 * @param country the calling code of numbers that are written without one, such as "1"
 */
public record PhoneNumbers(String country) {

    private static final String NORTH_AMERICA = "1";
    private static final String ABROAD = "00";
    private static final String ABROAD_FROM_NORTH_AMERICA = "011";

    /** Of other countries no number is longer, without its calling code and the 0 before it. */
    private static final int LONGEST = 10;

    /** Where the 0 that numbers begin with is part of them, and is dialled from abroad too. */
    private static final Set<String> KEEPING_ZERO = Set.of("39", "378");

    public static PhoneNumbers of(Configuration configuration) {
        return new PhoneNumbers(
                configuration.text("sms.country").orElse(NORTH_AMERICA).replaceAll("[^0-9]", ""));
    }

    /** "+15550100111" for "(555) 010-0111" and for all other writings of it; an extension is left out. */
    public String international(String written) {
        String number = written.split("[xX]", 2)[0].strip();
        if (number.startsWith("+")) {
            return "+" + digits(withoutTrunk(number));
        }
        String digits = digits(number);
        if (digits.startsWith(ABROAD)) {
            return "+" + digits(withoutTrunk(number)).substring(ABROAD.length());
        }
        return country.equals(NORTH_AMERICA) ? northAmerican(digits) : "+" + country + national(digits);
    }

    /** No number there begins with 1 or 0: a 1 is the calling code, and a 0 one too many. */
    private static String northAmerican(String digits) {
        if (digits.startsWith(ABROAD_FROM_NORTH_AMERICA)) {
            return "+" + digits.substring(ABROAD_FROM_NORTH_AMERICA.length());
        }
        String number = digits.replaceFirst("^0", "");
        return number.startsWith(NORTH_AMERICA) ? "+" + number : "+" + NORTH_AMERICA + number;
    }

    private String national(String digits) {
        if (digits.startsWith(country) && digits.length() > LONGEST) {
            return digits.substring(country.length());
        }
        return KEEPING_ZERO.contains(country) ? digits : digits.replaceFirst("^0", "");
    }

    /** "+44 20 ..." for "+44 (0)20 ...". */
    private static String withoutTrunk(String number) {
        return number.replaceFirst("\\(0\\)", "");
    }

    private static String digits(String number) {
        return number.replaceAll("[^0-9]", "");
    }
}
