package org.evenkeel.api;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.evenkeel.shared.Invalid;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that somebody sent, read strictly: what is no JSON is a bad request (400); what is JSON and cannot be meant, such as
 * a misspelt member or a number where a text belongs, is {@link Invalid} (422) and says which member. A member that is null counts
 * as missing.
 */
final class JsonBody {

    /** Longer than anything that can be meant. */
    static final int MOST_BYTES = 64 * 1024;

    private static final System.Logger LOG = System.getLogger(JsonBody.class.getName());
    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    private final String path;
    private final JsonObject object;

    private JsonBody(String path, JsonObject object, Set<String> members) {
        this.path = path;
        this.object = object;
        for (String name : object.keySet()) {
            if (!members.contains(name)) {
                throw new Invalid(
                        path + name,
                        "invalid.api.noSuchMember",
                        name,
                        String.join(", ", members.stream().sorted().toList()));
            }
        }
    }

    /** All that was sent. */
    static byte[] bytes(InputStream sent) {
        try {
            byte[] bytes = sent.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new Unreadable(Unreadable.TOO_LARGE, "Send at most " + MOST_BYTES + " bytes.");
            }
            return bytes;
        } catch (IOException e) {
            throw new Unreadable(Unreadable.BAD_REQUEST, "The request broke off.");
        }
    }

    /** @param members the names that may occur */
    static JsonBody of(byte[] json, Set<String> members) {
        if (parse(json) instanceof JsonObject object) {
            return new JsonBody("", object, members);
        }
        throw new Invalid("", "invalid.api.json");
    }

    private static JsonValue parse(byte[] json) {
        String where = "";
        try (JsonParser parser = PARSERS.createParser(new ByteArrayInputStream(json))) {
            parser.next();
            JsonValue value = parser.getValue();
            if (!parser.hasNext()) {
                return value;
            }
            where = place(parser.getLocation());
        } catch (JsonParsingException e) {
            where = place(e.getLocation());
        } catch (RuntimeException e) {
            // Whatever else the parser throws, such as for a thousand brackets, its message quotes what was sent.
            LOG.log(System.Logger.Level.DEBUG, "Not JSON: {0}", e.getClass());
        }
        throw new Unreadable(Unreadable.BAD_REQUEST, "This is not JSON" + where + ".");
    }

    private static String place(JsonLocation location) {
        return ": it goes wrong at line " + location.getLineNumber() + ", column " + location.getColumnNumber();
    }

    /** Refuses members that are there and null: they cannot be taken away. */
    JsonBody withoutNulls() {
        object.forEach((name, value) -> {
            if (value == JsonValue.NULL) {
                throw invalid(name, "invalid.api.nothingTakenAway");
            }
        });
        return this;
    }

    String text(String name) {
        return required(name, textOrNull(name));
    }

    @Nullable
    String textOrNull(String name) {
        JsonValue value = valueOrNull(name);
        if (value == null) {
            return null;
        }
        if (value instanceof JsonString string) {
            return Parameters.text(path + name, string.getString());
        }
        throw invalid(name, "invalid.api.text");
    }

    /** Text with an offset, such as {@code 2027-03-14T10:00:00-04:00}. */
    Instant instant(String name) {
        return required(name, instantOrNull(name));
    }

    @Nullable
    Instant instantOrNull(String name) {
        String text = textOrNull(name);
        return text == null ? null : Parameters.instant(path + name, text);
    }

    /** A date and time on a wall, such as {@code 2027-03-08T10:00}. */
    LocalDateTime wallTime(String name) {
        return required(name, wallTimeOrNull(name));
    }

    @Nullable
    LocalDateTime wallTimeOrNull(String name) {
        String text = textOrNull(name);
        try {
            return text == null ? null : LocalDateTime.parse(text);
        } catch (DateTimeParseException e) {
            throw invalid(name, "invalid.api.wallTime");
        }
    }

    @Nullable
    Boolean flagOrNull(String name) {
        JsonValue value = valueOrNull(name);
        if (value == null || value == JsonValue.TRUE || value == JsonValue.FALSE) {
            return value == null ? null : (Boolean) (value == JsonValue.TRUE);
        }
        throw invalid(name, "invalid.api.flag");
    }

    int number(String name) {
        return required(name, numberOrNull(name));
    }

    @Nullable
    Integer numberOrNull(String name) {
        JsonValue value = valueOrNull(name);
        if (value == null) {
            return null;
        }
        long number = whole(name, value);
        if (number != (int) number) {
            throw invalid(name, "invalid.api.outOfRange");
        }
        return (int) number;
    }

    long id(String name) {
        return required(name, idOrNull(name));
    }

    @Nullable
    Long idOrNull(String name) {
        JsonValue value = valueOrNull(name);
        return value == null ? null : whole(name, value);
    }

    List<Long> ids(String name) {
        return required(name, idsOrNull(name));
    }

    @Nullable
    List<Long> idsOrNull(String name) {
        List<JsonValue> values = arrayOrNull(name);
        return values == null
                ? null
                : values.stream().map(value -> whole(name, value)).toList();
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonValue value : required(name, arrayOrNull(name))) {
            if (!(value instanceof JsonString string)) {
                throw invalid(name, "invalid.api.texts");
            }
            texts.add(Parameters.text(path + name, string.getString()));
        }
        return texts;
    }

    /** An object within this one. */
    @Nullable
    JsonBody objectOrNull(String name, Set<String> members) {
        JsonValue value = valueOrNull(name);
        if (value == null) {
            return null;
        }
        if (value instanceof JsonObject inner) {
            return new JsonBody(path + name + ".", inner, members);
        }
        throw invalid(name, "invalid.api.object");
    }

    /** Objects in an array; none if it is missing. */
    List<JsonBody> objects(String name, Set<String> members) {
        List<JsonBody> objects = new ArrayList<>();
        List<JsonValue> values = arrayOrNull(name);
        for (JsonValue value : values == null ? List.<JsonValue>of() : values) {
            if (!(value instanceof JsonObject inner)) {
                throw invalid(name, "invalid.api.objects");
            }
            objects.add(new JsonBody(path + name + ".", inner, members));
        }
        return objects;
    }

    /** @param key of a text that has the name in its first place, and the values in those after it */
    Invalid invalid(String name, String key, Object... values) {
        return new Invalid(
                path + name,
                key,
                Stream.concat(Stream.of(name), Arrays.stream(values)).toArray());
    }

    private @Nullable List<JsonValue> arrayOrNull(String name) {
        JsonValue value = valueOrNull(name);
        if (value == null) {
            return null;
        }
        if (value instanceof JsonArray array) {
            return array;
        }
        throw invalid(name, "invalid.api.array");
    }

    private @Nullable JsonValue valueOrNull(String name) {
        JsonValue value = object.get(name);
        return value == JsonValue.NULL ? null : value;
    }

    private long whole(String name, JsonValue value) {
        if (value instanceof JsonNumber number && number.isIntegral()) {
            try {
                return number.longValueExact();
            } catch (ArithmeticException e) {
                throw invalid(name, "invalid.api.outOfRange");
            }
        }
        throw invalid(name, "invalid.api.wholeNumber");
    }

    private <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw invalid(name, "invalid.api.missing");
        }
        return value;
    }
}
