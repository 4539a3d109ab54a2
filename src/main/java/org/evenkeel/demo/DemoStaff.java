package org.evenkeel.demo;

import static org.evenkeel.therapist.Therapist.Gender.FEMALE;
import static org.evenkeel.therapist.Therapist.Gender.MALE;
import static org.evenkeel.therapist.Therapist.Gender.OTHER;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.evenkeel.demo.DemoPlaces.Place;
import org.evenkeel.modality.Modality;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.therapist.Qualification;
import org.evenkeel.therapist.Therapist;
import org.evenkeel.therapist.TimeOff;
import org.evenkeel.therapist.WorkingHours;

/** Fourteen therapists: what they may give, where and when they work, and when they are away. */
final class DemoStaff {

    /**
     * One of them.
     *
     * @param username of the account, and the last part of the API token
     * @param languages tags, separated by spaces
     * @param modalities codes of what they are qualified for, separated by spaces; with "=-40" valid until 40 days ago
     * @param hours "H 12345 09:00-13:00": the site's letter, the weekdays from 1 for Monday, the wall times of the site
     * @param keptFree "2 16:30-18:30": hours of each week that are left for whoever needs a time soon, or ""
     */
    private record Person(
            String username,
            String title,
            String given,
            String family,
            Therapist.Gender gender,
            String languages,
            String modalities,
            List<String> hours,
            String keptFree) {}

    private static final List<Person> PEOPLE = List.of(
            new Person(
                    "lee",
                    "Dr",
                    "Mina",
                    "Lee",
                    FEMALE,
                    "en ko",
                    "CBT EMDR IND RPP",
                    List.of("H 12345 09:00-12:00", "H 135 13:00-16:00", "H 24 14:30-19:00", "H 67 10:00-12:00"),
                    "4 16:00-18:00"),
            new Person(
                    "ruiz",
                    "Dr",
                    "Carlos",
                    "Ruiz",
                    MALE,
                    "en es",
                    "CBT DUAL IND RPP=400",
                    List.of("H 12345 08:00-12:00", "H 135 13:00-16:00"),
                    ""),
            new Person(
                    "okafor",
                    "Dr",
                    "Ngozi",
                    "Okafor",
                    FEMALE,
                    "en fr ig",
                    "CBT DBT IND",
                    List.of("H 123 10:00-14:00", "H 13 15:00-18:00", "M 45 09:00-13:00", "M 45 14:00-16:00"),
                    ""),
            new Person(
                    "weiss",
                    "Dr",
                    "Hannah",
                    "Weiss",
                    FEMALE,
                    "de en",
                    "DBT FAMILY IND",
                    List.of("H 1245 09:00-13:00", "H 124 14:00-17:00", "H 6 10:00-14:00"),
                    ""),
            new Person(
                    "nowak",
                    "Mr",
                    "Tomasz",
                    "Nowak",
                    MALE,
                    "en pl",
                    "IND RPP",
                    List.of("H 1234 12:00-16:00", "H 1234 16:30-19:30", "H 7 09:00-13:00"),
                    ""),
            new Person(
                    "petrova",
                    "Prof",
                    "Elena",
                    "Petrova",
                    FEMALE,
                    "en ru",
                    "DUAL EMDR IND",
                    List.of("H 234 13:00-16:00", "H 234 16:30-20:00"),
                    "2 16:30-18:30"),
            new Person(
                    "oneill",
                    "Ms",
                    "Grace",
                    "O'Neill",
                    FEMALE,
                    "en ga",
                    "RPP IND CBT=700",
                    List.of("H 135 08:00-12:00", "H 135 13:00-17:00"),
                    ""),
            new Person(
                    "abebe",
                    "Mr",
                    "Daniel",
                    "Abebe",
                    MALE,
                    "am en",
                    "FAMILY IND CBT=-40",
                    List.of("H 345 12:00-16:00", "H 345 16:30-19:30", "H 67 12:00-16:00"),
                    ""),
            new Person(
                    "patel",
                    "Dr",
                    "Arjun",
                    "Patel",
                    MALE,
                    "en gu hi",
                    "MAT DUAL",
                    List.of("H 13 08:00-12:00", "M 24 09:00-13:00", "M 24 14:00-16:00"),
                    ""),
            new Person(
                    "lindqvist",
                    "Ms",
                    "Sofia",
                    "Lindqvist",
                    FEMALE,
                    "en sv",
                    "CBT IND EMDR=12",
                    List.of("H 12 12:00-16:00", "H 12 16:30-19:30", "M 45 09:00-13:00", "M 45 14:00-16:00"),
                    ""),
            new Person(
                    "haddad",
                    "Ms",
                    "Leïla",
                    "Haddad",
                    FEMALE,
                    "ar en fr",
                    "EMDR IND",
                    List.of("M 1234 10:00-14:00", "M 1234 15:00-18:00", "M 6 10:00-14:00"),
                    "4 16:00-18:00"),
            new Person(
                    "begay",
                    "Mr",
                    "Samuel",
                    "Begay",
                    MALE,
                    "en nv",
                    "IND RPP GRP",
                    List.of("M 12345 08:00-12:00", "M 135 13:00-15:00", "M 6 09:00-13:00"),
                    ""),
            new Person(
                    "ashby",
                    "Mx",
                    "Robin",
                    "Ashby",
                    OTHER,
                    "en es",
                    "DBT IND",
                    List.of("M 2345 11:00-15:00", "M 2345 15:30-18:30", "M 67 10:00-14:00"),
                    ""),
            new Person(
                    "tanaka",
                    "Dr",
                    "Yuki",
                    "Tanaka",
                    FEMALE,
                    "en ja",
                    "CBT DUAL IND",
                    List.of("M 123 09:00-13:00", "M 123 14:00-17:00", "M 7 09:00-13:00"),
                    ""));

    private static final int SITE = 0;
    private static final int WEEKDAYS = 1;
    private static final int TIMES = 2;

    private DemoStaff() {}

    /** A stretch of each week's work at one place, in its wall time. */
    record Block(Place place, int weekday, LocalTime from, LocalTime to) {}

    /** A therapist with what the timetable needs to know. */
    record Worker(
            Therapist therapist,
            String username,
            List<Modality> modalities,
            List<Block> blocks,
            Map<Integer, LocalTime[]> keptFree,
            List<TimeSlot> away) {

        boolean isQualified(Modality modality, LocalDate date) {
            return modality.qualification().isEmpty()
                    || therapist.qualifications().stream()
                            .anyMatch(q -> q.modalityId() == modality.id() && q.isValidOn(date));
        }

        boolean isAway(TimeSlot slot) {
            return away.stream().anyMatch(slot::overlaps);
        }
    }

    static List<Worker> persist(
            EntityManager entities, DemoPlaces places, Map<String, Modality> modalities, Instant now) {
        LocalDate today = places.harbor().today(now);
        List<Worker> workers = new ArrayList<>();
        for (Person person : PEOPLE) {
            Worker worker = worker(person, places, modalities, today);
            entities.persist(worker.therapist());
            workers.add(worker);
        }
        entities.flush();
        for (Worker worker : workers) {
            worker.away()
                    .forEach(slot ->
                            entities.persist(new TimeOff(worker.therapist().id(), slot, "Annual leave")));
        }
        return workers;
    }

    private static Worker worker(Person person, DemoPlaces places, Map<String, Modality> modalities, LocalDate today) {
        Therapist therapist = new Therapist(person.title(), person.given(), person.family(), person.gender());
        therapist.speak(words(person.languages()));
        List<Modality> offered = new ArrayList<>();
        for (String entry : words(person.modalities())) {
            String[] codeAndDays = entry.split("=", -1);
            Modality modality = Objects.requireNonNull(modalities.get(codeAndDays[0]));
            LocalDate until = codeAndDays.length == 1 ? null : today.plusDays(Long.parseLong(codeAndDays[1]));
            therapist.qualify(new Qualification(therapist, modality.id(), today.minusYears(3), until));
            boolean alone = modality.format() != Modality.Format.GROUP;
            if (alone && (until == null || until.isAfter(today))) {
                offered.add(modality);
            }
        }
        List<Block> blocks = person.hours().stream()
                .flatMap(hours -> blocks(words(hours), places))
                .toList();
        therapist.workAt(blocks.stream()
                .map(b -> new WorkingHours(b.place().site().id(), b.weekday(), b.from(), b.to()))
                .toList());
        return new Worker(
                therapist,
                person.username(),
                offered,
                blocks,
                keptFree(person),
                away(person.username(), places, today));
    }

    private static Stream<Block> blocks(List<String> hours, DemoPlaces places) {
        LocalTime[] times = times(hours.get(TIMES));
        return hours.get(WEEKDAYS)
                .chars()
                .mapToObj(digit -> new Block(places.of(hours.get(SITE)), digit - '0', times[0], times[1]));
    }

    private static Map<Integer, LocalTime[]> keptFree(Person person) {
        List<String> parts = words(person.keptFree());
        return parts.size() < 2 ? Map.of() : Map.of(Integer.parseInt(parts.get(0)), times(parts.get(1)));
    }

    /** Dr Patel has a week off soon, Dr Weiss a day, and Mr Begay has just been away. */
    private static List<TimeSlot> away(String username, DemoPlaces places, LocalDate today) {
        return switch (username) {
            case "patel" -> List.of(days(places.harbor(), today.plusDays(9), 7));
            case "weiss" -> List.of(days(places.harbor(), today.plusDays(5), 2));
            case "begay" -> List.of(days(places.mesa(), today.minusDays(11), 3));
            default -> List.of();
        };
    }

    private static TimeSlot days(Place place, LocalDate first, int count) {
        ZoneId zone = place.site().zone();
        return new TimeSlot(
                first.atStartOfDay(zone).toInstant(),
                first.plusDays(count).atStartOfDay(zone).toInstant());
    }

    private static LocalTime[] times(String fromTo) {
        int dash = fromTo.indexOf('-');
        return new LocalTime[] {LocalTime.parse(fromTo.substring(0, dash)), LocalTime.parse(fromTo.substring(dash + 1))
        };
    }

    static List<String> words(String text) {
        return List.of(text.strip().split(" +", -1));
    }
}
