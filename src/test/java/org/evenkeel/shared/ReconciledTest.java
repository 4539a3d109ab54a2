package org.evenkeel.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("[A22] An edit that came too late")
class ReconciledTest {

    /** Something that two desks edit. */
    record Stay(@Nullable String name, int from, int until, List<String> days) {
        Stay {
            if (from > until) {
                throw new Invalid("until", "availability.edit.endBeforeStart");
            }
        }
    }

    private static final Stay READ = new Stay("Pier", 1, 9, List.of("Mon"));

    @Test
    @DisplayName("keeps what was typed, and takes over what was left alone")
    void both() {
        Stay typed = new Stay("Quay", 1, 9, List.of("Mon"));
        Stay theirs = new Stay("Pier", 1, 8, List.of("Mon", "Tue"));
        Reconciled<Stay> both = Reconciled.of(READ, typed, theirs);
        assertEquals(new Stay("Quay", 1, 8, List.of("Mon", "Tue")), both.details());
        assertEquals(Difference.between(READ, theirs), both.changes());
        assertEquals(Set.of(), both.contested());
    }

    @Test
    @DisplayName(
            "wins where both have changed the same, and says so; where both made the same of it there is nothing to say")
    void contested() {
        Reconciled<Stay> both =
                Reconciled.of(READ, new Stay(null, 2, 9, List.of("Mon")), new Stay("Quay", 2, 9, List.of("Mon")));
        assertEquals(new Stay(null, 2, 9, List.of("Mon")), both.details());
        assertEquals(Set.of("name"), both.contested());
    }

    @Test
    @DisplayName("stays as it was typed where the two do not go together: all that the other did is contested")
    void together() {
        Stay typed = new Stay("Pier", 5, 9, List.of("Mon"));
        Reconciled<Stay> both = Reconciled.of(READ, typed, new Stay("Quay", 1, 3, List.of("Mon")));
        assertEquals(typed, both.details());
        assertEquals(Set.of("name", "until"), both.contested());
    }

    @Test
    @DisplayName("is the same for values that have names")
    void named() {
        Map<String, String> read = Map.of("hours", "24", "name", "Pier", "phone", "1", "seconds", "8");
        Map<String, String> typed = Map.of("hours", "48", "name", "Quay", "phone", "1", "seconds", "9");
        Map<String, String> theirs = Map.of("hours", "24", "name", "Dock", "phone", "2", "seconds", "9");
        Reconciled<Map<String, String>> both = Reconciled.of(read, typed, theirs);
        assertEquals(Map.of("hours", "48", "name", "Quay", "phone", "2", "seconds", "9"), both.details());
        assertEquals(
                Set.of(
                        new Difference("name", "Pier", "Dock"),
                        new Difference("phone", "1", "2"),
                        new Difference("seconds", "8", "9")),
                Set.copyOf(both.changes()));
        assertEquals(Set.of("name"), both.contested());
    }
}
