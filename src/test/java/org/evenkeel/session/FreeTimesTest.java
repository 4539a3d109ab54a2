package org.evenkeel.session;

import static org.evenkeel.session.ClinicFixture.local;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.session.FreeTimesFound.Relaxation;
import org.evenkeel.session.FreeTimesQuery.Wish;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.Sql;
import org.evenkeel.site.OpeningHours;
import org.evenkeel.site.Room;
import org.evenkeel.site.Site;
import org.evenkeel.testing.Database;
import org.evenkeel.therapist.Therapist;
import org.evenkeel.therapist.Therapist.Gender;
import org.evenkeel.therapist.WorkingHours;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Finding a time")
class FreeTimesTest {

    private static final LocalDate MONDAY = LocalDate.of(2027, 3, 1);

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("answers 'EMDR, female therapist, Tue or Thu after 15:00, within four weeks'")
    void wishes(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);

        FreeTimesFound found = clinic.freeTimes.search(
                clinic.desk,
                query("EMDR", MONDAY, MONDAY.plusWeeks(4), Gender.FEMALE, LocalTime.of(15, 0), clinic.ana));

        assertEquals(local("2027-03-02T15:00"), found.items().get(0).start());
        assertEquals(clinic.lee, found.items().get(0).therapist().id());
        assertEquals(2 * 8, found.items().size(), "two hours on eight days");
        assertTrue(found.relax().isEmpty());
        // 14 March 2027: the clock change keeps the wall time.
        assertTrue(found.items().stream().anyMatch(t -> t.start().equals(local("2027-03-16T15:00"))));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("ranks the primary therapist first, then the soonest")
    void ranking(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        clinic.booking.book(clinic.desk, clinic.wish("CBT", clinic.lee, "2027-03-01T09:00", 480, null, clinic.ben));

        List<FreeTime> items = clinic.freeTimes
                .search(clinic.desk, query("CBT", MONDAY, MONDAY.plusDays(1), null, null, clinic.ana))
                .items();

        assertEquals(clinic.lee, items.get(0).therapist().id());
        assertEquals(local("2027-03-02T09:00"), items.get(0).start());
        FreeTime others = items.stream()
                .filter(t -> t.therapist().id() == clinic.ruiz)
                .findFirst()
                .orElseThrow();
        assertEquals(local("2027-03-01T09:00"), others.start());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("everything that is offered can be booked as it stands")
    void bookable(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        clinic.timeOff(clinic.lee, "2027-03-02T12:00", "2027-03-02T15:00");
        clinic.closeOn("2027-03-03");
        clinic.booking.book(
                clinic.desk, clinic.wish("CBT", clinic.lee, "2027-03-02T10:20", 50, clinic.room2, clinic.ana));
        clinic.booking.book(
                clinic.desk, clinic.wish("CBT", clinic.ruiz, "2027-03-04T11:05", 50, clinic.room1, clinic.ana));

        int booked = 0;
        FreeTimesQuery query = query("CBT", MONDAY, MONDAY.plusDays(4), null, null, clinic.ana);
        for (List<FreeTime> items = clinic.freeTimes.search(clinic.desk, query).items();
                !items.isEmpty();
                items = clinic.freeTimes.search(clinic.desk, query).items()) {
            FreeTime time = items.get(items.size() / 2);
            clinic.booking.book(clinic.desk, taking(time, clinic.ana));
            booked++;
            assertTrue(booked < 100);
        }
        assertTrue(booked >= 12, "Ana is busy from then on, with no more than four sessions in a row: " + booked);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("offers a time for as long as any can be booked, on whichever five minutes it starts")
    void offersWhatIsLeft(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        LocalDate tuesday = MONDAY.plusDays(1);
        for (BookSession taken : List.of(
                clinic.wish("CBT", clinic.lee, "2027-03-02T10:00", 60, clinic.room1, clinic.ben),
                clinic.wish("CBT", clinic.ruiz, "2027-03-02T10:00", 60, clinic.room2, clinic.ana),
                clinic.wish("CBT", clinic.ruiz, "2027-03-02T11:00", 60, clinic.telehealth, clinic.ben),
                clinic.wish("CBT", clinic.lee, "2027-03-02T12:00", 300, clinic.telehealth, clinic.ben))) {
            clinic.booking.book(clinic.desk, taken);
        }
        FreeTimesQuery query = query("CBT", tuesday, tuesday, null, null, clinic.ana);
        for (List<FreeTime> items = clinic.freeTimes.search(clinic.desk, query).items();
                !items.isEmpty();
                items = clinic.freeTimes.search(clinic.desk, query).items()) {
            clinic.booking.book(clinic.desk, taking(items.get(items.size() - 1), clinic.ana));
        }

        for (int minute = 0; minute < 3 * 60; minute += 5) {
            String start = tuesday.atTime(9, 0).plusMinutes(minute).toString();
            assertThrows(
                    Refused.class,
                    () -> clinic.booking.book(clinic.desk, clinic.wish("CBT", clinic.lee, start, 50, null, clinic.ana)),
                    start);
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "offers the end of a room's turnover, of a row of sessions, or of what the patient has, if no quarter is left")
    void startsWhenItCan(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        clinic.booking.book(
                clinic.desk, clinic.wish("CBT", clinic.lee, "2027-03-02T10:00", 60, clinic.room1, clinic.ben));
        clinic.booking.book(
                clinic.desk, clinic.wish("CBT", clinic.ruiz, "2027-03-02T10:00", 60, clinic.room2, clinic.ana));
        for (int minutes = 0; minutes < 120; minutes += 30) {
            String start =
                    LocalDateTime.parse("2027-03-03T09:00").plusMinutes(minutes).toString();
            clinic.booking.book(clinic.desk, clinic.wish("CBT", clinic.lee, start, 30, clinic.telehealth, clinic.ben));
        }
        clinic.booking.book(
                clinic.desk, clinic.wish("CBT", clinic.ruiz, "2027-03-04T10:20", 50, clinic.telehealth, clinic.ana));

        for (LocalDate day : List.of(MONDAY.plusDays(1), MONDAY.plusDays(2), MONDAY.plusDays(3))) {
            assertEquals(List.of(local(day + "T11:10")), starts(clinic, day, "12:00"));
            assertEquals(List.of(local(day + "T11:15")), starts(clinic, day, "12:05"), "a quarter, if there is one");
        }
    }

    /** When CBT for Ana with Dr Lee could start, from 11:00 on and over by then. */
    private static List<Instant> starts(ClinicFixture clinic, LocalDate day, String before) {
        FreeTimesQuery query = new FreeTimesQuery(
                "CBT",
                null,
                day,
                day,
                clinic.lee,
                null,
                null,
                Set.of(),
                LocalTime.of(11, 0),
                LocalTime.parse(before),
                null,
                clinic.ana,
                500);
        return clinic.freeTimes.search(clinic.desk, query).items().stream()
                .map(FreeTime::start)
                .toList();
    }

    private static BookSession taking(FreeTime time, long patient) {
        return new BookSession(
                "CBT",
                time.start(),
                time.minutes(),
                time.therapist().id(),
                time.room().id(),
                null,
                List.of(patient),
                RuleOverride.NONE);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("when there is none, it says which wish to relax and what that gains")
    void relax(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);

        FreeTimesFound found = clinic.freeTimes.search(
                clinic.desk, query("EMDR", MONDAY, MONDAY.plusDays(6), Gender.OTHER, LocalTime.of(15, 0), clinic.ana));

        assertTrue(found.items().isEmpty());
        assertEquals(
                List.of(new Relaxation(List.of(Wish.GENDER), null, 2 * 2 * 2)),
                found.relax(),
                "two therapists, two days, two hours");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "where no single wish is to blame, it says which two to relax and what that gains, in no more statements")
    void relaxTwo(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        FreeTimesQuery query = query("EMDR", MONDAY, MONDAY.plusDays(6), Gender.OTHER, LocalTime.of(19, 0), clinic.ana);

        FreeTimesFound found = clinic.freeTimes.search(clinic.desk, query);

        assertEquals(
                List.of(new Relaxation(List.of(Wish.GENDER, Wish.AFTER), null, 2 * 2 * 8)),
                found.relax(),
                "two therapists, two days, eight hours");
        assertEquals(4 + 4, database.statements(() -> clinic.freeTimes.search(clinic.desk, query)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("where the stretch is to blame, it says how far to look and what that gains")
    void relaxStretch(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        LocalDate friday = MONDAY.plusDays(4);
        clinic.timeOff(clinic.lee, "2027-03-01T00:00", "2027-03-06T00:00");
        clinic.timeOff(clinic.ruiz, "2027-03-01T00:00", "2027-03-08T12:00");

        FreeTimesFound none =
                clinic.freeTimes.search(clinic.desk, query("EMDR", MONDAY, friday, null, null, clinic.ana));

        assertTrue(none.items().isEmpty());
        assertEquals(
                List.of(new Relaxation(List.of(), LocalDate.of(2027, 3, 10), 3 * 8 + 5 + 2 * 8)),
                none.relax(),
                "five days more: Dr Lee on three of them, Dr Ruiz from one noon on");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("never looks further than one may ask")
    void longestStretch(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        LocalDate last = MONDAY.plusDays(FreeTimesQuery.MAX_DAYS);
        clinic.timeOff(clinic.lee, "2027-03-01T00:00", "2027-08-01T00:00");
        clinic.timeOff(clinic.ruiz, "2027-03-01T00:00", "2027-08-01T00:00");

        assertEquals(
                List.of(),
                clinic.freeTimes
                        .search(clinic.desk, query("EMDR", MONDAY, last, null, null, clinic.ana))
                        .relax());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("does not tell a therapist what others have free")
    void relaxesOwnWishesOnly(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        clinic.timeOff(clinic.lee, "2027-03-01T00:00", "2027-08-01T00:00");

        assertEquals(
                List.of(),
                clinic.freeTimes
                        .search(clinic.drLee, query("EMDR", MONDAY, MONDAY.plusDays(6), null, null, null))
                        .relax());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("answers a language")
    void language(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        clinic.transactions.runInNew(
                () -> clinic.em.find(Therapist.class, clinic.ruiz).speak(List.of("en", "es")));

        FreeTimesFound spanish = clinic.freeTimes.search(clinic.desk, inLanguage("es", null));
        FreeTimesFound french = clinic.freeTimes.search(clinic.desk, inLanguage("fr", null));

        assertEquals(Set.of(clinic.ruiz), therapists(spanish));
        assertEquals(
                Set.of(clinic.lee, clinic.ruiz),
                therapists(clinic.freeTimes.search(clinic.desk, inLanguage("en", null))));
        assertEquals(
                List.of(List.of(Wish.LANGUAGE)),
                french.relax().stream().map(Relaxation::wishes).toList());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("answers a site, by that site's own wall time")
    void site(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        ZoneId denver = ZoneId.of("America/Denver");
        long mesa = clinic.transactions.inNew(() -> {
            Site site = clinic.persist(new Site("Mesa House", denver, "555-0101"));
            site.openAt(List.of(new OpeningHours(2, LocalTime.of(8, 0), LocalTime.of(20, 0))));
            clinic.persist(new Room(site, "Room 1", 2, 0, false));
            clinic.em
                    .find(Therapist.class, clinic.ruiz)
                    .workAt(List.of(
                            new WorkingHours(clinic.site, 1, LocalTime.of(9, 0), LocalTime.of(17, 0)),
                            new WorkingHours(site.id(), 2, LocalTime.of(9, 0), LocalTime.of(11, 0))));
            return site.id();
        });

        FreeTimesFound there = clinic.freeTimes.search(clinic.desk, inLanguage("en", mesa));

        assertEquals(
                List.of(LocalDateTime.parse("2027-03-02T09:00"), LocalDateTime.parse("2027-03-02T09:50")),
                there.items().stream()
                        .map(t -> t.start().atZone(denver).toLocalDateTime())
                        .toList());
        assertEquals(Set.of(clinic.ruiz), therapists(there));
        assertTrue(clinic.freeTimes.search(clinic.desk, inLanguage("en", clinic.site)).items().stream()
                .allMatch(t -> t.site().id() == clinic.site));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("of two who are free at one start, the one comes first whose gap it fills best")
    void fewestGaps(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        // Dr Ruiz has an hour between two sessions, Dr Lee (who comes first by name) the whole day.
        clinic.booking.book(
                clinic.desk, clinic.wish("IND", clinic.ruiz, "2027-03-01T09:00", 120, clinic.room1, clinic.ana));
        clinic.booking.book(
                clinic.desk, clinic.wish("IND", clinic.ruiz, "2027-03-01T12:00", 60, clinic.room1, clinic.ana));

        FreeTimesQuery query = new FreeTimesQuery(
                "EMDR",
                60,
                MONDAY,
                MONDAY,
                null,
                null,
                null,
                Set.of(),
                LocalTime.of(11, 0),
                LocalTime.of(13, 0),
                null,
                null,
                500);
        List<FreeTime> items = clinic.freeTimes.search(clinic.desk, query).items();

        assertEquals(local("2027-03-01T11:00"), items.get(0).start());
        assertEquals(clinic.ruiz, items.get(0).therapist().id());
        assertEquals(local("2027-03-01T11:00"), items.get(1).start());
        assertEquals(clinic.lee, items.get(1).therapist().id());
    }

    private static FreeTimesQuery inLanguage(String language, @Nullable Long site) {
        return new FreeTimesQuery(
                "CBT", null, MONDAY, MONDAY.plusDays(4), null, null, language, Set.of(), null, null, site, null, 500);
    }

    private static Set<Long> therapists(FreeTimesFound found) {
        return found.items().stream().map(t -> t.therapist().id()).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("a held time is offered to nobody else, cannot be booked by others, and lapses by itself")
    void holds(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        FreeTimesQuery query = query("CBT", MONDAY.plusDays(1), MONDAY.plusDays(1), Gender.FEMALE, null, clinic.ana);
        FreeTime first = clinic.freeTimes.search(clinic.desk, query).items().get(0);

        clinic.holds.hold(clinic.desk, first);

        FreeTime next = clinic.freeTimes.search(clinic.desk, query).items().get(0);
        assertFalse(next.slot().overlaps(first.slot()));
        Refused refused = assertThrows(
                Refused.class, () -> clinic.booking.book(clinic.lead, clinic.cbt(clinic.lee, "2027-03-02T09:00")));
        assertEquals(Rule.BEING_BOOKED, refused.refusals().get(0).rule());
        assertThrows(Refused.class, () -> clinic.holds.hold(clinic.lead, first));
        assertEquals(
                "BEING_BOOKED",
                clinic.audit.entries().get(clinic.audit.entries().size() - 1).detail());

        clinic.booking.book(clinic.desk, clinic.cbt(clinic.lee, "2027-03-02T09:00"));
        FreeTime second = clinic.freeTimes.search(clinic.desk, query).items().get(0);
        clinic.holds.hold(clinic.desk, second);
        clinic.clock.advance(Holds.LENGTH.plusSeconds(1));
        clinic.booking.book(clinic.lead, taking(second, clinic.ben));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("whoever looks for a patient's free times is on record: they tell of their sessions")
    void looksAreOnRecord(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        clinic.freeTimes.search(clinic.desk, query("CBT", MONDAY, MONDAY.plusDays(1), null, null, null));
        assertEquals(List.of(), clinic.audit.lines());
        clinic.freeTimes.search(clinic.desk, query("CBT", MONDAY, MONDAY.plusDays(1), null, null, clinic.ana));
        assertEquals(List.of("VIEWED free times patient[" + clinic.ana + "] OK"), clinic.audit.lines());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("[A17] a room that is held is free again after its turnover")
    void holdsTheTurnover(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        FreeTimesQuery query =
                query("CBT", MONDAY.plusDays(1), MONDAY.plusDays(1), Gender.MALE, LocalTime.of(10, 45), clinic.ben);
        clinic.booking.book(
                clinic.desk, clinic.wish("CBT", clinic.lee, "2027-03-02T11:00", 50, clinic.room2, clinic.ana));
        assertEquals(local("2027-03-02T10:45"), first(clinic, query));

        clinic.hold(clinic.lee, clinic.room1, "2027-03-02T10:00", 45);

        assertEquals(local("2027-03-02T11:00"), first(clinic, query));
    }

    private static Instant first(ClinicFixture clinic, FreeTimesQuery query) {
        return clinic.freeTimes.search(clinic.desk, query).items().get(0).start();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("refuses wishes that cannot be meant, and an administrator; a therapist finds own times only")
    void limits(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);

        assertThrows(
                Invalid.class,
                () -> clinic.freeTimes.search(
                        clinic.desk, query("CBT", MONDAY, MONDAY.minusDays(1), null, null, null)));
        assertThrows(
                Invalid.class,
                () -> clinic.freeTimes.search(clinic.desk, query("NONE", MONDAY, MONDAY, null, null, null)));
        assertThrows(
                NotAllowed.class,
                () -> clinic.freeTimes.search(clinic.admin, query("CBT", MONDAY, MONDAY, null, null, null)));
        assertTrue(
                clinic
                        .freeTimes
                        .search(clinic.drLee, query("CBT", MONDAY, MONDAY.plusDays(3), null, null, null))
                        .items()
                        .stream()
                        .allMatch(t -> t.therapist().id() == clinic.lee));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName(
            "refuses as a booking would what no time could be booked for: a group therapy, a retired one, whoever died")
    void nothingToBook(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        clinic.transactions.runInNew(() -> {
            Sql.on(clinic.em)
                    .add("update modality set active = false where code = 'EMDR'")
                    .update();
            Sql.on(clinic.em)
                    .add("update patient set died_on = ? where id = ?", MONDAY, clinic.ben)
                    .update();
        });

        assertEquals("modality", invalid(clinic, query("GRP", MONDAY, MONDAY, null, null, clinic.ana)));
        assertEquals("modality", invalid(clinic, query("EMDR", MONDAY, MONDAY, null, null, null)));
        assertEquals("patient", invalid(clinic, query("CBT", MONDAY, MONDAY, null, null, 999_999L)));
        Refused dead = assertThrows(
                Refused.class,
                () -> clinic.freeTimes.search(clinic.desk, query("CBT", MONDAY, MONDAY, null, null, clinic.ben)));
        assertEquals(Rule.PATIENT_NOT_BOOKABLE, dead.refusals().get(0).rule());
    }

    private static String invalid(ClinicFixture clinic, FreeTimesQuery query) {
        return assertThrows(Invalid.class, () -> clinic.freeTimes.search(clinic.desk, query))
                .field();
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("reads in four statements, however much there is")
    void statements(Database database) {
        ClinicFixture clinic = new ClinicFixture(database);
        FreeTimesQuery query = query("CBT", MONDAY, MONDAY.plusWeeks(4), null, null, clinic.ana);
        clinic.freeTimes.search(clinic.desk, query);

        assertEquals(4, database.statements(() -> clinic.freeTimes.search(clinic.desk, query)));
    }

    private static FreeTimesQuery query(
            String modality,
            LocalDate from,
            LocalDate to,
            @Nullable Gender gender,
            @Nullable LocalTime after,
            @Nullable Long patient) {
        Set<DayOfWeek> days = after == null ? Set.of() : Set.of(DayOfWeek.TUESDAY, DayOfWeek.THURSDAY);
        return new FreeTimesQuery(modality, null, from, to, null, gender, null, days, after, null, null, patient, 500);
    }
}
