package org.evenkeel.shared;

import java.io.Serializable;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
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

    static @Nullable Object read(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("No accessor for " + component.getName(), e);
        }
    }
}
