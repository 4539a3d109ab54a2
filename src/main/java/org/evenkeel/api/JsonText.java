package org.evenkeel.api;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as JSON: components in their declared order, nulls included, names as they are. Everything that is neither a
 * record, a collection, a number nor a boolean is written as the string that it calls itself. (JSON-B 3.0 does not know records.)
 */
final class JsonText {

    /** A record whose null components are left out. */
    interface Sparse {}

    private record Component(String name, Method accessor) {

        static Component of(RecordComponent declared) {
            Method accessor = declared.getAccessor();
            accessor.setAccessible(true);
            return new Component(declared.getName(), accessor);
        }

        @Nullable
        Object in(Record object) {
            try {
                return accessor.invoke(object);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Cannot read " + name, e);
            }
        }
    }

    private static final ClassValue<Component[]> COMPONENTS = new ClassValue<>() {
        @Override
        protected Component[] computeValue(Class<?> type) {
            return Stream.of(type.getRecordComponents()).map(Component::of).toArray(Component[]::new);
        }
    };

    private static final JsonGeneratorFactory GENERATORS = Json.createGeneratorFactory(Map.of());

    private final JsonGenerator out;

    private JsonText(JsonGenerator out) {
        this.out = out;
    }

    static String of(Object value) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator generator = GENERATORS.createGenerator(text)) {
            new JsonText(generator).write(value);
        }
        return text.toString();
    }

    private void write(@Nullable Object value) {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Integer number) {
            out.write(number);
        } else if (value instanceof Long number) {
            out.write(number);
        } else if (value instanceof Boolean flag) {
            out.write(flag);
        } else if (value instanceof Record object) {
            write(object);
        } else if (value instanceof Iterable<?> items) {
            out.writeStartArray();
            items.forEach(this::write);
            out.writeEnd();
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            map.forEach((name, each) -> {
                out.writeKey(String.valueOf(name));
                write(each);
            });
            out.writeEnd();
        } else {
            out.write(value.toString());
        }
    }

    private void write(Record object) {
        boolean sparse = object instanceof Sparse;
        out.writeStartObject();
        for (Component component : COMPONENTS.get(object.getClass())) {
            Object value = component.in(object);
            if (value != null || !sparse) {
                out.writeKey(component.name());
                write(value);
            }
        }
        out.writeEnd();
    }
}
