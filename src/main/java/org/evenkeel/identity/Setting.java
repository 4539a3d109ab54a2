package org.evenkeel.identity;

import java.util.Arrays;
import java.util.Optional;
import org.evenkeel.shared.Invalid;

/** The settings of the centre: their names in the database, what holds until someone sets them, and their bounds. */
public enum Setting {
    /** Text of at most 80 characters. */
    CENTRE_NAME("centre.name", "Evenkeel", 1, 80, false),
    /** Hours before the start from which a cancellation is a late one. */
    LATE_CANCELLATION_HOURS("session.late-cancellation-hours", "24", 0, 168, true),
    /** How many sessions a therapist may have one after the other before it takes a reason. */
    SESSIONS_IN_A_ROW("session.in-a-row", "4", 1, 12, true),
    /** For how many seconds a booking, a move or a cancellation may be undone. */
    UNDO_SECONDS("session.undo-seconds", "8", 3, 120, true),
    /** Whether the calendars that therapists have on their own devices show initials; otherwise they say "busy". */
    FEED_INITIALS("feed.initials", false);

    private static final String YES = "yes";
    private static final String NO = "no";

    private final String key;
    private final String initial;
    private final int least;
    private final int most;
    private final boolean number;
    private final boolean flag;

    Setting(String key, String initial, int least, int most, boolean number) {
        this.key = key;
        this.initial = initial;
        this.least = least;
        this.most = most;
        this.number = number;
        this.flag = false;
    }

    Setting(String key, boolean initial) {
        this.key = key;
        this.initial = initial ? "yes" : "no";
        this.least = 2;
        this.most = 3;
        this.number = false;
        this.flag = true;
    }

    /** Its name in the database. */
    public String key() {
        return key;
    }

    /** What holds until someone sets it. */
    public String initial() {
        return initial;
    }

    /** The smallest number, or the least characters of a text. */
    public int least() {
        return least;
    }

    /** The largest number, or the most characters of a text. */
    public int most() {
        return most;
    }

    public boolean isNumber() {
        return number;
    }

    /** Whether its value is "yes" or "no". */
    public boolean isFlag() {
        return flag;
    }

    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }

    /** @throws Invalid about the setting's name if the value is out of bounds */
    String checked(String value) {
        String stripped = value.strip();
        if (flag && !stripped.equals(YES) && !stripped.equals(NO)) {
            throw new Invalid(name(), "invalid.identity.settingFlag");
        }
        int size = number ? parsed(stripped) : stripped.length();
        if (size < least || size > most) {
            throw new Invalid(
                    name(), number ? "invalid.identity.settingNumber" : "invalid.identity.settingText", least, most);
        }
        return number ? Integer.toString(size) : stripped;
    }

    private int parsed(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            return least - 1;
        }
    }
}
