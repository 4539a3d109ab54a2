package org.evenkeel.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.evenkeel.session.FreeTime.Ref;
import org.evenkeel.shared.Initials;
import org.evenkeel.shared.TimeSlot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A refusal in words")
class RefusalTextsTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final ZoneId DENVER = ZoneId.of("America/Denver");
    private static final Instant TEN = Instant.parse("2027-03-02T15:00:00Z");

    private final RefusalTexts texts = RefusalTexts.in(Locale.ENGLISH, TEN, NEW_YORK);

    private static BlockedBy session(String modality) {
        return new BlockedBy(7, "CODE", modality, TimeSlot.of(TEN, 90), "Dr Ruiz", "Room 2", NEW_YORK);
    }

    private static FreeTime free(Instant start, String therapist, ZoneId zone) {
        return new FreeTime(start, 50, new Ref(1, therapist), new Ref(2, "Room 1"), new Ref(3, "Harbor"), zone);
    }

    @Test
    @DisplayName("[A18] names what is taken, by which session, until when, and the ways out")
    void namesTheWayOut() {
        Refused refused = new Refused(
                List.of(new Refusal(Rule.THERAPIST_TAKEN, "Dr Ruiz", session("Group CBT"), Map.of())),
                new Alternatives(
                        List.of(
                                free(TEN.plusSeconds(5400), "Dr Ruiz", NEW_YORK),
                                free(TEN.plusSeconds(14400), "Dr Ruiz", NEW_YORK)),
                        List.of(free(TEN, "Dr Lee", NEW_YORK), free(TEN, "Dr Okafor", NEW_YORK))));

        assertEquals(
                "Dr Ruiz has Group CBT 10:00-11:30 (Room 2). Free: 11:30, 14:00. Same time: Dr Lee, Dr Okafor.",
                texts.of(refused));
    }

    @Test
    @DisplayName("[A18] says no more of a session than its time to those who may not see it")
    void hidesWhatIsNotOnes() {
        BlockedBy hidden = new BlockedBy(7, "", "", TimeSlot.of(TEN, 90), "", "", NEW_YORK);

        assertEquals(
                "Dr Ruiz is not free 10:00-11:30.",
                texts.of(new Refusal(Rule.THERAPIST_TAKEN, "Dr Ruiz", hidden, Map.of())));
        assertEquals(
                "Ana Reyes has another session 10:00-11:30.",
                texts.of(new Refusal(Rule.PATIENT_TAKEN, "Ana Reyes", hidden, Map.of())));
    }

    @Test
    @DisplayName("[A17] tells until when a room is made ready")
    void tellsTurnover() {
        Refusal refusal =
                new Refusal(Rule.ROOM_TAKEN, "Room 2", session("Group CBT"), Map.of("until", TEN.plusSeconds(6000)));

        assertEquals("Room 2 is taken 10:00-11:30 (Group CBT, Dr Ruiz) and made ready until 11:40.", texts.of(refusal));
    }

    @Test
    @DisplayName("does not say twice that one session takes the therapist and the room")
    void oneSessionOnce() {
        List<String> sentences = texts.sentences(List.of(
                new Refusal(Rule.THERAPIST_TAKEN, "Dr Ruiz", session("CBT"), Map.of()),
                new Refusal(Rule.ROOM_TAKEN, "Room 2", session("CBT"), Map.of())));

        assertEquals(List.of("Dr Ruiz has CBT 10:00-11:30 (Room 2)."), sentences);
    }

    @Test
    @DisplayName("[A20] names the day on which someone is not qualified, unless it is said of all days")
    void tellsWhoIsNotQualified() {
        Map<String, Object> facts = Map.of("modality", "DBT", "qualification", "DBT practitioner");
        Map<String, Object> dated = new HashMap<>(facts);
        dated.put("date", LocalDate.of(2027, 3, 3));

        assertEquals(
                "Dr Ruiz does not hold the DBT practitioner that DBT needs on Wed 3 Mar.",
                texts.of(Refusal.of(Rule.NOT_QUALIFIED, "Dr Ruiz", dated)));
        assertEquals(
                "Dr Ruiz does not hold the DBT practitioner that DBT needs.",
                texts.of(Refusal.of(Rule.NOT_QUALIFIED, "Dr Ruiz", facts)));
    }

    @Test
    @DisplayName("names the date of another day")
    void namesAnotherDay() {
        Alternatives tomorrow = new Alternatives(List.of(free(TEN.plusSeconds(86400), "Dr Ruiz", NEW_YORK)), List.of());

        assertEquals("Free: Wed 3 Mar 10:00.", texts.waysOut(tomorrow));
        assertEquals(
                "Free: Wed 3 Mar 2027 10:00.", RefusalTexts.in(Locale.ENGLISH).waysOut(tomorrow));
    }

    @Test
    @DisplayName("[A7] names the zone of another site, in that site's wall time")
    void namesAnotherZone() {
        Refused refused = new Refused(
                List.of(Refusal.of(Rule.NO_FREE_ROOM, "")),
                new Alternatives(List.of(free(TEN.plusSeconds(3600), "Dr Ruiz", DENVER)), List.of()));

        assertTrue(texts.of(refused).endsWith("Free: 09:00 (Mountain Time)."), texts.of(refused));
        assertTrue(RefusalTexts.in(Locale.ENGLISH).of(refused).endsWith("Free: Tue 2 Mar 2027 09:00."));
    }

    @Test
    @DisplayName("tells hours of the day, of therapists and of sites")
    void tellsHours() {
        Map<String, Object> facts = Map.of("site", "Harbor", "zone", NEW_YORK, "hours", List.of(TimeSlot.of(TEN, 120)));

        assertEquals(
                "Dr Ruiz works 10:00-12:00 at Harbor that day.",
                texts.of(Refusal.of(Rule.OUTSIDE_HOURS, "Dr Ruiz", facts)));
        assertEquals("Harbor is open 10:00-12:00 that day.", texts.of(Refusal.of(Rule.OUTSIDE_HOURS, "Harbor", facts)));
        assertEquals(
                "Dr Ruiz does not work at Harbor that day.",
                texts.of(Refusal.of(Rule.OUTSIDE_HOURS, "Dr Ruiz", Map.of("site", "Harbor", "hours", List.of()))));
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    @DisplayName("every rule has a sentence, however little is known")
    void everyRule(Rule rule) {
        List<Map<String, Object>> known =
                switch (rule) {
                    case NOT_CHANGEABLE ->
                        List.of("cancelled", "started", "over", "attended").stream()
                                .map(why -> Map.<String, Object>of("why", why))
                                .toList();
                    case TOO_EARLY ->
                        List.of("checkin", "attendance").stream()
                                .map(what -> Map.<String, Object>of("what", what, "from", TEN, "zone", NEW_YORK))
                                .toList();
                    default ->
                        List.of(
                                Map.of(),
                                Map.of(
                                        "until",
                                        TEN,
                                        "zone",
                                        NEW_YORK,
                                        "reason",
                                        "Holiday",
                                        "date",
                                        LocalDate.of(2027, 3, 2)),
                                Map.of("capacity", 1, "needed", 2));
                };
        for (Map<String, Object> facts : known) {
            for (BlockedBy by : new BlockedBy[] {null, session("CBT"), session("")}) {
                String text = texts.of(new Refusal(rule, "Who", by, facts));
                assertTrue(text.endsWith("."), text);
                assertFalse(text.contains("{") || text.contains("null"), text);
                assertFalse(Objects.requireNonNull(text).isBlank());
            }
        }
    }

    @Test
    @DisplayName("tell patients otherwise where names are not to be seen, and nobody and nothing else")
    void naming() {
        Set<Rule> ofPatients =
                Set.of(Rule.PATIENT_TAKEN, Rule.PATIENT_NOT_BOOKABLE, Rule.ALREADY_ENROLLED, Rule.ALREADY_WAITING);
        for (Rule rule : Rule.values()) {
            Refusal told = Refusal.of(rule, "Ana Ruiz").naming(Initials::of);
            assertEquals(ofPatients.contains(rule) ? "A. R." : "Ana Ruiz", told.who(), rule.name());
        }
    }
}
