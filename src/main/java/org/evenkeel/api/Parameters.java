package org.evenkeel.api;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.jspecify.annotations.Nullable;

/**
 * What an address asks for after its question mark. An empty parameter counts as missing; one that cannot be meant is {@link Invalid}
 * (422) and says which.
 */
final class Parameters {

    static final int PAGE = 25;
    static final int LONGEST_PAGE = 500;
    static final String LIMIT = "limit";
    static final String CURSOR = "cursor";

    private static final DateTimeFormatter INSTANT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ISO_LOCAL_DATE;

    private final String path;
    private final MultivaluedMap<String, String> values;

    Parameters(String path, MultivaluedMap<String, String> values) {
        this.path = path;
        this.values = values;
    }

    /**
     * @param known the names that may occur
     * @throws Invalid if another one does: a filter that is misspelt must not be taken for none
     */
    static Parameters of(UriInfo uri, String... known) {
        return new Parameters(uri.getRequestUri().getRawPath(), uri.getQueryParameters()).only(Set.of(known));
    }

    Parameters only(Set<String> known) {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new Invalid(
                        name,
                        "invalid.api.noSuchParameter",
                        String.join(", ", known.stream().sorted().toList()));
            }
        }
        return this;
    }

    // --- values -----------------------------------------------------------------------------------------------------

    @Nullable
    String textOrNull(String name) {
        String value = values.getFirst(name);
        return value == null || value.isBlank() ? null : text(name, value);
    }

    String text(String name) {
        return required(name, textOrNull(name));
    }

    @Nullable
    Long idOrNull(String name) {
        String value = textOrNull(name);
        return value == null ? null : wholeNumber(name, value);
    }

    long id(String name) {
        return required(name, idOrNull(name));
    }

    @Nullable
    Integer numberOrNull(String name) {
        Long value = idOrNull(name);
        if (value != null && value != value.intValue()) {
            throw new Invalid(name, "invalid.api.outOfRange", name);
        }
        return value == null ? null : value.intValue();
    }

    @Nullable
    LocalDate dateOrNull(String name) {
        String value = textOrNull(name);
        return value == null ? null : date(name, value);
    }

    LocalDate date(String name) {
        return required(name, dateOrNull(name));
    }

    /** An {@link Instant}, or a {@link LocalDate}. */
    @Nullable
    Temporal momentOrNull(String name) {
        String value = textOrNull(name);
        if (value == null) {
            return null;
        }
        // In an address a plus sign that is not encoded means a space.
        return value.indexOf('T') < 0 ? date(name, value) : instant(name, value.replace(' ', '+'));
    }

    /** Wall time such as 16:00. */
    @Nullable
    LocalTime timeOrNull(String name) {
        String value = textOrNull(name);
        try {
            return value == null ? null : LocalTime.parse(value);
        } catch (DateTimeException e) {
            throw new Invalid(name, "invalid.api.timeOfDay", name);
        }
    }

    /** Names as in {@code TUE,THU} or {@code TUESDAY}, or ISO numbers as in {@code 2,4}; separated by commas or repeated. */
    Set<DayOfWeek> weekdays(String name) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String list : values.getOrDefault(name, List.of())) {
            for (String day : list.split(",", -1)) {
                if (!day.isBlank()) {
                    days.add(weekday(name, day.strip().toUpperCase(Locale.ROOT)));
                }
            }
        }
        return days;
    }

    private static DayOfWeek weekday(String name, String day) {
        return Arrays.stream(DayOfWeek.values())
                .filter(d -> day.equals(d.name())
                        || day.equals(d.name().substring(0, 3))
                        || day.equals(String.valueOf(d.getValue())))
                .findFirst()
                .orElseThrow(() -> new Invalid(name, "invalid.api.weekdays", name));
    }

    <E extends Enum<E>> @Nullable E constantOrNull(String name, Class<E> type) {
        String value = textOrNull(name);
        return value == null ? null : constant(name, type, value);
    }

    static <E extends Enum<E>> E constant(String name, Class<E> type, String value) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(
                        () -> new Invalid(name, "invalid.api.oneOf", name, Arrays.toString(type.getEnumConstants())));
    }

    /** Whether it says {@code true}; left out it does not. */
    boolean flag(String name) {
        String value = textOrNull(name);
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.equals("true")) {
            return true;
        }
        throw new Invalid(name, "invalid.api.flag", name);
    }

    // --- pages ------------------------------------------------------------------------------------------------------

    /** How many items at most: 25 unless asked for otherwise, 500 at most. */
    int limit() {
        Integer limit = numberOrNull(LIMIT);
        if (limit == null) {
            return PAGE;
        }
        if (limit < 1 || limit > LONGEST_PAGE) {
            throw new Invalid(LIMIT, "invalid.api.limit", LONGEST_PAGE);
        }
        return limit;
    }

    /** How many items to leave out, from the address of a next page. */
    int offset() {
        Integer offset = numberOrNull(CURSOR);
        if (offset == null) {
            return 0;
        }
        if (offset < 0) {
            throw badCursor();
        }
        return offset;
    }

    static Invalid badCursor() {
        return new Invalid(CURSOR, "invalid.api.cursor");
    }

    /** The address of this list's next page: all other parameters stay. */
    String next(String cursor) {
        StringBuilder address = new StringBuilder(path).append('?');
        for (Map.Entry<String, List<String>> parameter : values.entrySet()) {
            if (!parameter.getKey().equals(CURSOR)) {
                parameter.getValue().forEach(value -> append(address, parameter.getKey(), value)
                        .append('&'));
            }
        }
        return append(address, CURSOR, cursor).toString();
    }

    /** The address of the next page of a list that is paged by counting; null at its end. */
    @Nullable
    String next(int shown, long total) {
        int seen = offset() + shown;
        return shown > 0 && seen < total ? next(String.valueOf(seen)) : null;
    }

    private static StringBuilder append(StringBuilder address, String name, String value) {
        return address.append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    // --- parsing ----------------------------------------------------------------------------------------------------

    /** Text as databases can keep it. */
    static String text(String name, String value) {
        if (value.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t')) {
            throw new Invalid(name, "invalid.api.characters", name);
        }
        return value;
    }

    static Instant instant(String name, String value) {
        try {
            OffsetDateTime moment = OffsetDateTime.parse(value, INSTANT);
            if (isOurs(moment.getYear())) {
                return moment.toInstant();
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw new Invalid(name, "invalid.api.instant", name);
    }

    static LocalDate date(String name, String value) {
        try {
            LocalDate date = LocalDate.parse(value, DATE);
            if (isOurs(date.getYear())) {
                return date;
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw new Invalid(name, "invalid.api.date", name);
    }

    /** Databases differ in how far they count. */
    private static boolean isOurs(int year) {
        return year >= 1900 && year <= 2200;
    }

    /** An id in a path; whatever is none names nothing. */
    static long pathId(String what, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new NotFound(what, "of this id");
        }
    }

    private static long wholeNumber(String name, String value) {
        try {
            return Long.parseLong(value.strip());
        } catch (NumberFormatException e) {
            throw new Invalid(name, "invalid.api.wholeNumber", name);
        }
    }

    private static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw new Invalid(name, "invalid.api.missing", name);
        }
        return value;
    }
}
