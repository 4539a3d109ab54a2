package org.evenkeel.patient;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.shared.Invalid;

/**
 * The first line of a file: which column means what.
 *
 * @param columns how many there are
 * @param places where each meaning stands, from 0; several for phone numbers
 * @param ignored headers that mean nothing here
 */
record ImportHeader(int columns, Map<ImportColumn, List<Integer>> places, List<String> ignored)
        implements Serializable {

    static ImportHeader of(List<String> names) {
        Map<ImportColumn, List<Integer>> places = new EnumMap<>(ImportColumn.class);
        List<String> ignored = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int place = i;
            ImportColumn.of(names.get(i))
                    .ifPresentOrElse(
                            column -> places.computeIfAbsent(column, any -> new ArrayList<>())
                                    .add(place),
                            () -> ignored.add(names.get(place).strip()));
        }
        return new ImportHeader(names.size(), places, ignored);
    }

    /** @throws Invalid if there are no names to be had */
    void check() {
        for (ImportColumn needed : List.of(ImportColumn.GIVEN_NAME, ImportColumn.FAMILY_NAME)) {
            if (!places.containsKey(needed)) {
                throw new Invalid("file", "invalid.patient.columnsMissing");
            }
        }
    }

    /** The first value of that meaning that is not blank, or "". */
    String value(ImportColumn column, List<String> values) {
        return values(column, values).stream().findFirst().orElse("");
    }

    /** The values of that meaning that are not blank. */
    List<String> values(ImportColumn column, List<String> values) {
        return places.getOrDefault(column, List.of()).stream()
                .map(place -> values.get(place).strip())
                .filter(value -> !value.isEmpty())
                .toList();
    }
}
