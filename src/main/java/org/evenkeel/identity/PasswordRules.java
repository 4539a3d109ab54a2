package org.evenkeel.identity;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.evenkeel.shared.Invalid;

/** What a new password must be: long, and not the first thing that comes to mind. No rule about kinds of characters. */
final class PasswordRules {
    static final int SHORTEST = 12;
    static final int LONGEST = 256;
    private static final int FEWEST_DIFFERENT = 5;
    private static final Pattern NOT_LETTERS = Pattern.compile("[^a-z]+");
    private static final Set<String> OBVIOUS = Set.of(
            "password",
            "passwordpassword",
            "passphrase",
            "changeme",
            "changemechangeme",
            "letmein",
            "letmeinletmein",
            "welcome",
            "welcomewelcome",
            "administrator",
            "administration",
            "receptionist",
            "reception",
            "therapist",
            "counseling",
            "evenkeel",
            "demoevenkeel",
            "iloveyou",
            "qwerty",
            "qwertyuiop",
            "qwertyuiopasdfghjkl",
            "asdfghjkl",
            "abcdefghijkl",
            "abcdefghijklmnopqrstuvwxyz",
            "correcthorsebatterystaple");

    private PasswordRules() {}

    /** @throws Invalid about "password" if it is too short, too long or too easily guessed */
    static void check(String password, String username) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            throw new Invalid("password", "invalid.identity.passwordLength", SHORTEST, LONGEST);
        }
        String lower = password.toLowerCase(Locale.ROOT);
        if (lower.chars().distinct().count() < FEWEST_DIFFERENT
                || lower.contains(Account.normalised(username))
                || OBVIOUS.contains(NOT_LETTERS.matcher(lower).replaceAll(""))
                || isRun(lower)) {
            throw new Invalid("password", "invalid.identity.passwordGuessed");
        }
    }

    /** Whether each character follows its neighbour, as in "123456789012", where 0 follows 9. */
    private static boolean isRun(String text) {
        int ascending = 0;
        int descending = 0;
        for (int i = 1; i < text.length(); i++) {
            int step = text.charAt(i) - text.charAt(i - 1);
            ascending += step == 1 || step == -9 ? 1 : 0;
            descending += step == -1 || step == 9 ? 1 : 0;
        }
        return Math.max(ascending, descending) >= text.length() - 3;
    }
}
