package org.evenkeel.shared;

import java.io.Serializable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an edit that came too late (acceptance case A22): what was left as it had been read follows what the other has
 * saved, and what was typed stays.
 *
 * @param details what is to be saved now
 * @param changes everything that the other has changed
 * @param contested the fields of those changes in which something else was typed: it overwrites the other's
 */
public record Reconciled<D>(D details, List<Difference> changes, Set<String> contested) implements Serializable {

    /** From what was read, what was typed on top of it, and what stands now. */
    public static <D extends Record> Reconciled<D> of(D read, D typed, D now) {
        List<Difference> changes = Difference.between(read, now);
        Map<String, @Nullable Object> mine = byField(Difference.between(read, typed));
        try {
            return new Reconciled<>(with(now, mine), changes, contested(changes, mine));
        } catch (Invalid together) {
            // Each is right alone, such as a birth date and a day of death: the form stays as it was typed.
            return new Reconciled<>(typed, changes, fieldsOf(changes));
        }
    }

    /** The same of values that have names, such as the settings of the centre. */
    public static Reconciled<Map<String, String>> of(
            Map<String, String> read, Map<String, String> typed, Map<String, String> now) {
        List<Difference> changes = Difference.between(read, now);
        Map<String, @Nullable Object> mine = byField(Difference.between(read, typed));
        Map<String, String> both = new HashMap<>(now);
        both.replaceAll((name, value) -> mine.containsKey(name) ? typed.getOrDefault(name, value) : value);
        return new Reconciled<>(both, changes, contested(changes, mine));
    }

    private static Map<String, @Nullable Object> byField(List<Difference> differences) {
        Map<String, @Nullable Object> byField = new HashMap<>();
        differences.forEach(one -> byField.put(one.field(), one.after()));
        return byField;
    }

    /** Where both have changed the same, each in a way of their own. */
    private static Set<String> contested(List<Difference> changes, Map<String, @Nullable Object> mine) {
        Set<String> contested = new HashSet<>();
        for (Difference change : changes) {
            if (mine.containsKey(change.field()) && !Objects.equals(mine.get(change.field()), change.after())) {
                contested.add(change.field());
            }
        }
        return contested;
    }

    private static Set<String> fieldsOf(List<Difference> changes) {
        Set<String> fields = new HashSet<>();
        changes.forEach(change -> fields.add(change.field()));
        return fields;
    }

    /** The same with some of its components replaced. */
    @SuppressWarnings("unchecked")
    private static <D extends Record> D with(D details, Map<String, @Nullable Object> replaced) {
        RecordComponent[] components = details.getClass().getRecordComponents();
        @Nullable
        Object[] values = Arrays.stream(components)
                .map(one -> replaced.containsKey(one.getName())
                        ? replaced.get(one.getName())
                        : Difference.read(one, details))
                .toArray();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return (D) details.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Invalid invalid) {
                throw invalid;
            }
            throw new IllegalStateException("Not made: " + details.getClass(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("No constructor of " + details.getClass(), e);
        }
    }
}
