package org.evenkeel.board.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.faces.event.PhaseId;
import java.time.LocalDate;
import org.evenkeel.board.DayBoards;
import org.evenkeel.identity.Settings;
import org.evenkeel.session.ClinicFixture;
import org.evenkeel.session.web.LastChange;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.SignedInAs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BoardBeanTest {
    private final ClinicFixture clinic = new ClinicFixture(Database.H2);
    private final LastSite lastSite = new LastSite();
    private PlainFaces faces = new PlainFaces();

    private BoardBean page() {
        faces = new PlainFaces();
        faces.setCurrentPhaseId(PhaseId.RENDER_RESPONSE);
        Settings settings = new Settings(
                clinic.em, clinic.transactions, clinic.audit, new org.evenkeel.audit.Gate(clinic.audit), clinic.clock);
        return new BoardBean(
                new SignedInAs(clinic.desk, clinic.audit),
                new DayBoards(clinic.em, clinic.transactions, clinic.audit, clinic.clock),
                clinic.booking,
                new BoardEvent(),
                new BoardReply(settings),
                new LastChange(),
                lastSite);
    }

    @AfterEach
    void leave() {
        faces.release();
    }

    private long views() {
        return clinic.audit.entries().stream()
                .filter(entry -> entry.purpose().equals("board"))
                .count();
    }

    @Test
    @DisplayName("is read once for each rendering, with one entry in the record, however often the page asks")
    void isReadOnce() {
        BoardBean page = page();
        page.getDay();
        page.getDay();
        page.getZones();
        assertEquals(1, views());
    }

    @Test
    @DisplayName("stays on its day past midnight, though its address names none")
    void staysOnItsDay() {
        BoardBean page = page();
        clinic.clock.set("2027-03-03T04:59:00Z");
        assertEquals(LocalDate.of(2027, 3, 2), page.getDay().date());
        clinic.clock.set("2027-03-03T05:01:00Z");
        faces.getAttributes().clear();
        assertEquals(LocalDate.of(2027, 3, 2), page.getDay().date());
        assertEquals(2, views());
        assertEquals(LocalDate.of(2027, 3, 3), page().getDay().date());
    }

    @Test
    @DisplayName("is of the site that was looked at last, unless there is no such site any more")
    void isOfTheLastSite() {
        lastSite.remember(999_999);
        assertEquals(clinic.site, page().getDay().site().id());
        BoardBean asked = page();
        asked.setSite(String.valueOf(clinic.site));
        asked.getDay();
        assertEquals(clinic.site, lastSite.id());
    }
}
