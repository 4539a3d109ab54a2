package org.evenkeel.shared;

import java.io.Serializable;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One field that somebody else changed meanwhile: what it was, and what it is now. */
public record Difference(String field, @Nullable Object before, @Nullable Object after) implements Serializable {

    /** The components of two values of one record that are not equal, in the record's order. */
    public static <D extends Record> List<Difference> between(D before, D after) {
        List<Difference> found = new ArrayList<>();
        for (RecordComponent component : before.getClass().getRecordComponents()) {
            Object was = read(component, before);
            Object is = read(component, after);
            if (!Objects.equals(was, is)) {
                found.add(new Difference(component.getName(), was, is));
            }
        }
        return found;
    }

    /** The values that are not equal, in the order of what there is now; both have the same keys. */
    public static List<Difference> between(Map<String, String> before, Map<String, String> after) {
        return after.entrySet().stream()
                .filter(now -> !Objects.equals(before.get(now.getKey()), now.getValue()))
                .map(now -> new Difference(now.getKey(), before.get(now.getKey()), now.getValue()))
                .toList();
    }

    static @Nullable Object read(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("No accessor for " + component.getName(), e);
        }
    }
}
