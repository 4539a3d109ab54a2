package org.evenkeel.modality;

import static org.evenkeel.testing.Actors.ADMIN;
import static org.evenkeel.testing.Actors.DESK;
import static org.evenkeel.testing.Actors.LEAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.evenkeel.audit.Gate;
import org.evenkeel.modality.Modality.Format;
import org.evenkeel.shared.CalendarChanged;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.Stale;
import org.evenkeel.shared.Versioned;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.Recorded;
import org.evenkeel.testing.RecordingAudit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModalityRegisterTest {
    private static final ModalityDetails ART =
            new ModalityDetails("art", "Art therapy", Format.BOTH, 60, 8, 2, "", 4, true);

    private final Recorded<CalendarChanged> calendar = new Recorded<>();

    private ModalityRegister register(Database database, RecordingAudit audit) {
        database.clean();
        return new ModalityRegister(
                new Modalities(database.entityManager()),
                database.entityManager(),
                database.transactions(),
                new Gate(audit),
                audit,
                calendar);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void addsTheUsualOnesToAnEmptyInstallation(Database database) {
        ModalityRegister register = register(database, new RecordingAudit());

        register.addUsual(LEAD);

        assertEquals(14, register.list(DESK, 0, 25).total());
        assertEquals(5, register.list(DESK, 0, 5).items().size());
        assertEquals(
                StandardModalities.ALL.stream()
                        .map(ModalityDetails::name)
                        .sorted()
                        .toList(),
                register.list(DESK, 0, 25).items().stream()
                        .map(row -> row.details().name())
                        .toList());
        assertThrows(Invalid.class, () -> register.addUsual(LEAD));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void changesAllButTheCode(Database database) {
        RecordingAudit audit = new RecordingAudit();
        ModalityRegister register = register(database, audit);
        long id = register.add(ADMIN, ART);
        Versioned<ModalityDetails> seen = register.find(DESK, id);
        assertEquals("ART", seen.details().code());
        ModalityDetails changed =
                new ModalityDetails("ART", "Art", Format.GROUP, 90, 12, 4, "Art therapist", 11, false);

        register.change(LEAD, id, seen.version(), changed);

        assertEquals(List.of(CalendarChanged.AT_ANY_TIME), calendar.fired(), "boards are told");
        assertEquals(changed, register.find(DESK, id).details());
        assertEquals(
                List.of("CREATED modality modality[" + id + "] OK", "CHANGED modality modality[" + id + "] OK"),
                audit.lines());
        assertThrows(Stale.class, () -> register.change(LEAD, id, seen.version(), changed));
        ModalityDetails renamed =
                new ModalityDetails("ART2", "Art", Format.GROUP, 90, 12, 4, "Art therapist", 11, false);
        assertThrows(
                Invalid.class,
                () -> register.change(LEAD, id, register.find(LEAD, id).version(), renamed));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void refusesACodeThatIsTaken(Database database) {
        ModalityRegister register = register(database, new RecordingAudit());
        register.add(LEAD, ART);

        assertEquals(
                "code",
                assertThrows(Invalid.class, () -> register.add(LEAD, ART)).field());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void letsTheDeskLookOnly(Database database) {
        ModalityRegister register = register(database, new RecordingAudit());

        assertThrows(NotAllowed.class, () -> register.add(DESK, ART));
        assertThrows(NotAllowed.class, () -> register.addUsual(DESK));
        assertEquals(0, register.list(DESK, 0, 25).total());
    }

    @Test
    void tellsWhichFieldIsOutOfRange() {
        assertEquals("defaultMinutes", field(Format.BOTH, 52, 8, 2));
        assertEquals("defaultCapacity", field(Format.INDIVIDUAL, 50, 8, 1));
        assertEquals("defaultCapacity", field(Format.GROUP, 50, 0, 1));
        assertEquals("minimumSize", field(Format.GROUP, 50, 8, 9));
    }

    private static String field(Format format, int minutes, int capacity, int minimum) {
        return assertThrows(
                        Invalid.class,
                        () -> new ModalityDetails("X", "X", format, minutes, capacity, minimum, "", 0, true))
                .field();
    }

    @Test
    void hasDistinctCodesAmongTheUsualOnes() {
        assertEquals(
                14,
                StandardModalities.ALL.stream()
                        .map(ModalityDetails::code)
                        .distinct()
                        .count());
    }
}
