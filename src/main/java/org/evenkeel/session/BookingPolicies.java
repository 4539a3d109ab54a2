package org.evenkeel.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.evenkeel.shared.TimeSlot;

/**
 * The rules that a session must keep, each one named policy. What keys of the database guard (a taken therapist, room,
 * patient or seat) is not repeated here: see {@code Availability}.
 */
final class BookingPolicies {

    /** A gap of at least this many minutes is a break. */
    static final int BREAK_MINUTES = 10;

    private final List<BookingPolicy> policies;

    /** One rule: judges a proposal and says why not. */
    @FunctionalInterface
    interface BookingPolicy {
        Optional<Refusal> judge(Proposal proposal);
    }

    BookingPolicies(int sessionsInARow) {
        policies = List.of(
                BookingPolicies::therapistIsActive,
                BookingPolicies::therapistIsQualifiedOnTheDate,
                BookingPolicies::therapistIsNotAway,
                BookingPolicies::siteIsNotClosed,
                BookingPolicies::roomFits,
                BookingPolicies::patientsAreBookable,
                BookingPolicies::patientsMayMeet,
                BookingPolicies::withinTherapistsHours,
                BookingPolicies::withinOpeningHours,
                p -> notTooManyInARow(p, sessionsInARow),
                BookingPolicies::withPrimaryTherapist);
    }

    /** Everything that speaks against it, hard rules first. */
    List<Refusal> judge(Proposal proposal) {
        return policies.stream()
                .map(policy -> policy.judge(proposal))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(r -> r.rule().severity()))
                .toList();
    }

    static Optional<Refusal> therapistIsActive(Proposal p) {
        return first(p.therapists(), t -> !t.active()).map(t -> Refusal.of(Rule.THERAPIST_INACTIVE, t.name()));
    }

    /** Of a group the one who leads it must be qualified. */
    static Optional<Refusal> therapistIsQualifiedOnTheDate(Proposal p) {
        String credential = p.modality().qualification();
        if (credential == null) {
            return Optional.empty();
        }
        boolean valid = p.therapist().qualified().stream().anyMatch(v -> v.covers(p.localDate()));
        return refuseUnless(
                valid,
                () -> Refusal.of(
                        Rule.NOT_QUALIFIED,
                        p.therapist().name(),
                        Map.of("modality", p.modality().name(), "qualification", credential, "date", p.localDate())));
    }

    static Optional<Refusal> therapistIsNotAway(Proposal p) {
        return p.therapists().stream()
                .flatMap(t -> t.timeOff().stream()
                        .filter(off -> off.overlaps(p.slot()))
                        .map(off -> Refusal.of(
                                Rule.TIME_OFF,
                                t.name(),
                                Map.of("until", off.end(), "zone", p.site().zone()))))
                .findFirst();
    }

    static Optional<Refusal> siteIsNotClosed(Proposal p) {
        if (!p.site().active()) {
            return Optional.of(
                    Refusal.of(Rule.SITE_CLOSED, p.site().name(), Map.of("date", p.localDate(), "reason", "")));
        }
        return first(
                        p.site().closures(),
                        c -> !c.date().isBefore(p.localDate()) && !c.date().isAfter(p.lastLocalDate()))
                .map(c ->
                        Refusal.of(Rule.SITE_CLOSED, p.site().name(), Map.of("date", c.date(), "reason", c.reason())));
    }

    static Optional<Refusal> roomFits(Proposal p) {
        int needed = Math.max(p.capacity(), p.patients().size());
        boolean fits = p.room().active() && (p.room().telehealth() || p.room().capacity() >= needed);
        return refuseUnless(
                fits,
                () -> Refusal.of(
                        Rule.ROOM_UNFIT,
                        p.room().name(),
                        Map.of("capacity", p.room().capacity(), "needed", needed)));
    }

    static Optional<Refusal> patientsAreBookable(Proposal p) {
        return first(p.patients(), patient -> !patient.bookable())
                .map(patient -> Refusal.of(Rule.PATIENT_NOT_BOOKABLE, patient.name()));
    }

    /** Who must be kept apart is not told here, nor why: only those who may know see the relation (acceptance case A32). */
    static Optional<Refusal> patientsMayMeet(Proposal p) {
        return refuseUnless(p.patientsMayMeet(), () -> Refusal.of(Rule.KEPT_APART, ""));
    }

    static Optional<Refusal> withinTherapistsHours(Proposal p) {
        return first(
                        p.therapists(),
                        t -> !WeeklyHours.cover(t.hours(), p.slot(), p.site().zone()))
                .map(t -> Refusal.of(Rule.OUTSIDE_HOURS, t.name(), hoursThatDay(p, t.hours())));
    }

    static Optional<Refusal> withinOpeningHours(Proposal p) {
        boolean within =
                WeeklyHours.cover(p.site().openingHours(), p.slot(), p.site().zone());
        return refuseUnless(
                within,
                () -> Refusal.of(
                        Rule.OUTSIDE_HOURS,
                        p.site().name(),
                        hoursThatDay(p, p.site().openingHours())));
    }

    private static Map<String, Object> hoursThatDay(Proposal p, List<WeeklyHours> hours) {
        List<TimeSlot> that = WeeklyHours.expand(hours, p.localDate(), p.site().zone());
        return Map.of("site", p.site().name(), "hours", that, "zone", p.site().zone());
    }

    static Optional<Refusal> notTooManyInARow(Proposal p, int most) {
        int inARow = inARow(p.slot(), p.nearby());
        return refuseUnless(
                inARow <= most,
                () -> Refusal.of(Rule.TOO_MANY_IN_A_ROW, p.therapist().name(), Map.of("count", inARow, "most", most)));
    }

    /** How many sessions, this one among them, follow each other without a break of {@link #BREAK_MINUTES}. */
    static int inARow(TimeSlot slot, List<TimeSlot> others) {
        List<TimeSlot> all = new ArrayList<>(others);
        all.add(slot);
        all.sort(Comparator.comparing(TimeSlot::start));
        int row = 0;
        boolean mine = false;
        TimeSlot previous = null;
        for (TimeSlot next : all) {
            if (previous != null
                    && Duration.between(previous.end(), next.start()).toMinutes() >= BREAK_MINUTES) {
                if (mine) {
                    return row;
                }
                row = 0;
            }
            row++;
            mine |= next == slot;
            previous = next;
        }
        return row;
    }

    /** A group is for patients of several therapists. */
    static Optional<Refusal> withPrimaryTherapist(Proposal p) {
        if (p.capacity() > 1) {
            return Optional.empty();
        }
        return first(p.patients(), patient -> {
                    Long primary = patient.primaryTherapistId();
                    return primary != null && primary != p.therapist().id();
                })
                .map(patient -> Refusal.of(
                        Rule.NOT_PRIMARY_THERAPIST, p.therapist().name(), Map.of("patient", patient.name())));
    }

    private static <T> Optional<T> first(List<T> items, Predicate<T> test) {
        return items.stream().filter(test).findFirst();
    }

    private static Optional<Refusal> refuseUnless(boolean kept, Supplier<Refusal> refusal) {
        return kept ? Optional.empty() : Optional.of(refusal.get());
    }
}
