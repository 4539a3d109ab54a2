package org.evenkeel.api;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as JSON: components in their declared order, nulls included, names as they are. Everything that is neither a
 * record, a collection, a number nor a boolean is written as the string that it calls itself.
 */
final class JsonText {

    /** A record whose null components are left out. */
    interface Sparse {}

    private record Component(String prefix, Method accessor) {}

    private static final ClassValue<Component[]> COMPONENTS = new ClassValue<>() {
        @Override
        protected Component[] computeValue(Class<?> type) {
            RecordComponent[] declared = type.getRecordComponents();
            Component[] components = new Component[declared.length];
            for (int i = 0; i < declared.length; i++) {
                Method accessor = declared[i].getAccessor();
                accessor.setAccessible(true);
                components[i] = new Component("\"" + declared[i].getName() + "\":", accessor);
            }
            return components;
        }
    };

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out = new StringBuilder(512);

    private JsonText() {}

    static String of(@Nullable Object value) {
        JsonText text = new JsonText();
        text.write(value);
        return text.out.toString();
    }

    private void write(@Nullable Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Record object) {
            object(object);
        } else if (value instanceof Iterable<?> items) {
            array(items);
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else {
            string(value.toString());
        }
    }

    private void object(Record object) {
        boolean sparse = object instanceof Sparse;
        char separator = '{';
        for (Component component : COMPONENTS.get(object.getClass())) {
            Object value = get(component, object);
            if (value != null || !sparse) {
                out.append(separator).append(component.prefix());
                write(value);
                separator = ',';
            }
        }
        close(separator, '{', '}');
    }

    private static @Nullable Object get(Component component, Record object) {
        try {
            return component.accessor().invoke(object);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot read " + component.prefix(), e);
        }
    }

    private void array(Iterable<?> items) {
        char separator = '[';
        for (Object item : items) {
            out.append(separator);
            write(item);
            separator = ',';
        }
        close(separator, '[', ']');
    }

    private void map(Map<?, ?> map) {
        char separator = '{';
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            string(String.valueOf(entry.getKey()));
            out.append(':');
            write(entry.getValue());
            separator = ',';
        }
        close(separator, '{', '}');
    }

    private void close(char separator, char opening, char closing) {
        if (separator == opening) {
            out.append(opening);
        }
        out.append(closing);
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == '\u2028' || c == '\u2029') {
                out.append("\\u")
                        .append(HEX[c >> 12 & 15])
                        .append(HEX[c >> 8 & 15])
                        .append(HEX[c >> 4 & 15])
                        .append(HEX[c & 15]);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
