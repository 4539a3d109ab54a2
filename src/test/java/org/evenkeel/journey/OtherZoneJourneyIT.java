package org.evenkeel.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.JsonObject;
import java.time.OffsetDateTime;
import org.evenkeel.testing.RunningServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Computers whose clocks show another time than the sites' walls: for one it is tomorrow there, for the other still yesterday. */
@DisplayName("In a browser of another time zone")
class OtherZoneJourneyIT {
    private final RunningServer server = RunningServer.demo();

    @ParameterizedTest(name = "{0}: a session is booked and dragged at the time on the wall of its site")
    @ValueSource(strings = {"Asia/Tokyo", "Pacific/Honolulu"})
    @DisplayName("[A1] a session is booked and dragged at the time on the wall of its site")
    void booksAndDrags(String zone) {
        boolean ahead = zone.startsWith("Asia");
        Patient patient = Patient.of(server, ahead ? "EK-1098" : "EK-1099");
        FreeTime time = FreeTime.firstAfter(ahead ? 54 : 60, server, "WELL", 150, patient)
                .lasting(30);
        FreeTime later = time.later(60);
        try (Desk desk = Desk.in(server, "desk", zone)) {
            desk.showBoard(time);
            desk.travel(desk.free(time));
            desk.press("Enter");
            desk.choosePatient(patient, "Therapy");
            desk.chooseTherapy(time);
            assertThat(desk.field("Date")).hasValue(time.start().toLocalDate().toString());
            assertThat(desk.field("Time")).hasValue(time.clock());
            desk.press("Control+Enter");
            assertThat(desk.session(patient, time)).isFocused();
            assertEquals(time.start(), startOf(patient));

            assertThat(desk.panel()).isHidden();
            desk.drag(desk.session(patient, time), desk.free(later));
            assertThat(desk.session(patient, later)).isVisible();
            assertThat(desk.toast()).containsText("Moved to " + later.clock());
            assertEquals(later.start(), startOf(patient));
        }
    }

    private OffsetDateTime startOf(Patient patient) {
        JsonObject session = Api.read(
                        server, "/api/sessions?state=BOOKED&patient=" + patient.id() + "&from=" + FreeTime.unfilled())
                .getJsonArray("items")
                .getJsonObject(0);
        return OffsetDateTime.parse(session.getString("start"));
    }
}
