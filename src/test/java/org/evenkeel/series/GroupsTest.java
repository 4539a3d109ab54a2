package org.evenkeel.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.NotFound;
import org.evenkeel.testing.Database;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Groups as they are told")
class GroupsTest {

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("have their next date, seats and members; a list and a page take a fixed number of statements")
    void tells(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        long series = f.create(f.mondays(3));
        int small = database.statements(() -> f.groups.find(f.clinic.desk, "test", series));
        for (String name : List.of("A", "B", "C")) {
            f.enrol(series, f.patient(name));
        }
        assertEquals(small, database.statements(() -> f.groups.find(f.clinic.desk, "test", series)));
        assertTrue(small <= 6, "statements: " + small);
        GroupRow row = f.groups
                .list(f.clinic.desk, Groups.Filter.RUNNING_GROUPS, 0, 25)
                .items()
                .get(0);
        assertEquals("DBT skills", row.name());
        assertEquals(List.of(3, 3, 3), List.of(row.coming(), row.seats(), row.left()));
        assertTrue(row.isFull());
        GroupView view = f.groups.find(f.clinic.desk, "test", series);
        assertEquals(3, view.dates().size());
        assertEquals(3, view.members().size());
        long session = view.dates().get(0).sessionId();
        assertEquals(series, f.groups.ofSession(f.clinic.desk, "test", session).id());
        assertThrows(NotFound.class, () -> f.groups.ofSession(f.clinic.desk, "test", -1));
        assertEquals(view.marks().keySet(), view.people().keySet());
        assertEquals(
                1,
                f.groups
                        .list(f.clinic.drLee, Groups.Filter.RUNNING_GROUPS, 0, 25)
                        .items()
                        .size());
        assertThrows(NotAllowed.class, () -> f.groups.list(f.clinic.admin, Groups.Filter.RUNNING_GROUPS, 0, 25));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A25] below their minimum at the cut-off are a decision for the desk")
    void tooSmall(Database database) {
        SeriesFixture f = new SeriesFixture(database);
        long series = f.create(f.mondays(2));
        f.enrol(series, f.clinic.ana);
        assertEquals(List.of(), f.groups.tooSmall(f.clinic.desk));
        f.clinic.clock.set("2027-03-07T15:00:00Z");
        List<Groups.TooSmall> due = f.groups.tooSmall(f.clinic.desk);
        assertEquals(1, due.size());
        assertEquals(1, due.get(0).coming());
        assertEquals(2, due.get(0).minimum());
        f.groups.holdAnyway(f.clinic.desk, due.get(0).sessionId());
        assertEquals(List.of(), f.groups.tooSmall(f.clinic.desk));
    }
}
