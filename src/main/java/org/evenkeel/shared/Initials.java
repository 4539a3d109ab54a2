package org.evenkeel.shared;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Names where others may look over one's shoulder. */
public final class Initials {
    private Initials() {}

    /** "A. R." of "Ana Reyes". */
    public static String of(String name) {
        return Arrays.stream(name.split("\\s+"))
                .filter(part -> !part.isEmpty())
                .map(part -> part.substring(0, part.offsetByCodePoints(0, 1)) + ".")
                .collect(Collectors.joining(" "));
    }
}
