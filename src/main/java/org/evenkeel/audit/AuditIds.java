package org.evenkeel.audit;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Lists of ids as text: ",3,14,", so that ",14," finds an id and nothing else; "" for none. */
final class AuditIds {

    private AuditIds() {}

    static String format(Collection<Long> ids) {
        return ids.isEmpty()
                ? ""
                : ids.stream().map(String::valueOf).distinct().collect(Collectors.joining(",", ",", ","));
    }

    static List<Long> parse(String text) {
        return Arrays.stream(text.split(","))
                .filter(id -> !id.isEmpty())
                .map(Long::valueOf)
                .toList();
    }
}
