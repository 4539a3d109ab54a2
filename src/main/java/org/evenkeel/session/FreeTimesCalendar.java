package org.evenkeel.session;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.therapist.Therapist;
import org.jspecify.annotations.Nullable;

/**
 * What is open and what is taken over some days, in memory, and the search over it. A free block is filled from its start, one
 * time after the other, so that the times offered leave few gaps; every time obeys all rules, the soft ones included. A block in
 * which anything can be booked is never passed over.
 *
 * @param modalityNeedsCredential whether {@code qualified} of a therapist counts
 */
record FreeTimesCalendar(
        boolean modalityNeedsCredential,
        int minutes,
        int sessionsInARow,
        List<SiteDays> sites,
        List<TherapistDays> therapists,
        Spans patientBusy,
        @Nullable Long primaryTherapistId) {

    private static final int FIVE_MINUTES = 300;
    private static final int QUARTER = 3 * FIVE_MINUTES;
    private static final long BREAK =
            Duration.ofMinutes(BookingPolicies.BREAK_MINUTES).toSeconds();

    /** Later than any block ends. */
    private static final long NEVER = Long.MAX_VALUE / 2;

    /** @param rooms fitting ones with walls, closest fit first */
    record SiteDays(
            long id,
            String name,
            ZoneId zone,
            List<WeeklyHours> opening,
            Set<LocalDate> closed,
            List<RoomDays> rooms) {}

    /** @param busy sessions with their turnover */
    record RoomDays(long id, String name, int turnoverMinutes, Spans busy) {}

    record TherapistDays(
            long id,
            String name,
            Therapist.Gender gender,
            Set<String> languages,
            List<Proposal.Validity> qualified,
            Map<Long, List<WeeklyHours>> hoursBySite,
            Spans busy,
            Spans timeOff) {}

    private record Fit(long start, RoomDays room) {}

    private record Ranked(FreeTime time, boolean primary, long gap) {}

    private static final Comparator<Ranked> BEST_FIRST = Comparator.comparing(Ranked::primary)
            .reversed()
            .thenComparing((Ranked r) -> r.time().start())
            .thenComparing(Ranked::gap)
            .thenComparing((Ranked r) -> r.time().therapist().name())
            .thenComparing((Ranked r) -> r.time().therapist().id());

    /** The best times for the wishes, none before {@code notBefore}. */
    List<FreeTime> search(FreeTimesQuery query, Instant notBefore) {
        List<Ranked> found = new ArrayList<>();
        for (SiteDays site : sites) {
            if (query.siteId() != null && query.siteId() != site.id()) {
                continue;
            }
            for (LocalDate date = query.from(); !date.isAfter(query.to()); date = date.plusDays(1)) {
                if ((query.weekdays().isEmpty() || query.weekdays().contains(date.getDayOfWeek()))
                        && !site.closed().contains(date)) {
                    searchDay(query, notBefore, site, date, found);
                }
            }
        }
        return found.stream()
                .sorted(BEST_FIRST)
                .limit(query.limit())
                .map(Ranked::time)
                .toList();
    }

    /** Who could take a session that starts just then, by name. */
    List<FreeTime> startingAt(Instant start) {
        List<FreeTime> free = new ArrayList<>();
        TimeSlot slot = TimeSlot.of(start, minutes);
        for (SiteDays site : sites) {
            LocalDate date = LocalDate.ofInstant(start, site.zone());
            if (site.closed().contains(date) || !WeeklyHours.cover(site.opening(), slot, site.zone())) {
                continue;
            }
            for (TherapistDays therapist : therapists) {
                List<WeeklyHours> hours = therapist.hoursBySite().getOrDefault(site.id(), List.of());
                if (isQualified(therapist, date)
                        && WeeklyHours.cover(hours, slot, site.zone())
                        && !therapist.busy().touches(seconds(start), seconds(slot.end()))) {
                    RoomDays room = fits(site, therapist, seconds(start), seconds(slot.end()));
                    if (room != null) {
                        free.add(freeTime(site, therapist, room, seconds(start)));
                    }
                }
            }
        }
        free.sort(Comparator.comparing(t -> t.therapist().name()));
        return free;
    }

    private void searchDay(FreeTimesQuery query, Instant notBefore, SiteDays site, LocalDate date, List<Ranked> found) {
        List<TimeSlot> opening = WeeklyHours.expand(site.opening(), date, site.zone());
        if (opening.isEmpty()) {
            return;
        }
        long earliest = Math.max(
                roundUp(notBefore.getEpochSecond()),
                query.after() == null ? Long.MIN_VALUE : roundUp(at(date, query.after(), site.zone())));
        long latest = query.before() == null ? Long.MAX_VALUE : at(date, query.before(), site.zone());
        for (TherapistDays therapist : therapists) {
            if (!suits(query, therapist, date)) {
                continue;
            }
            List<WeeklyHours> hours = therapist.hoursBySite().getOrDefault(site.id(), List.of());
            for (TimeSlot working : WeeklyHours.expand(hours, date, site.zone())) {
                for (TimeSlot open : opening) {
                    long from = Math.max(earliest, Math.max(seconds(working.start()), seconds(open.start())));
                    long to = Math.min(latest, Math.min(seconds(working.end()), seconds(open.end())));
                    fill(site, therapist, roundUp(from), to, found);
                }
            }
        }
    }

    private boolean suits(FreeTimesQuery query, TherapistDays therapist, LocalDate date) {
        return (query.therapistId() == null || query.therapistId() == therapist.id())
                && (query.gender() == null || query.gender() == therapist.gender())
                && (query.language() == null || therapist.languages().contains(query.language()))
                && isQualified(therapist, date);
    }

    private boolean isQualified(TherapistDays therapist, LocalDate date) {
        return !modalityNeedsCredential || therapist.qualified().stream().anyMatch(v -> v.covers(date));
    }

    private void fill(SiteDays site, TherapistDays therapist, long from, long to, List<Ranked> found) {
        if (from >= to) {
            return;
        }
        long length = minutes * 60L;
        Spans free = therapist.busy().freeWithin(from, to);
        for (int i = 0; i < free.count(); i++) {
            long end = free.to(i);
            for (Fit fit = nextFit(site, therapist, free.from(i), end);
                    fit != null;
                    fit = nextFit(site, therapist, roundUp(fit.start() + length), end)) {
                found.add(new Ranked(
                        freeTime(site, therapist, fit.room(), fit.start()),
                        primaryTherapistId != null && primaryTherapistId == therapist.id(),
                        (fit.start() - free.from(i)) + (end - fit.start() - length)));
            }
        }
    }

    /** The first time from then on that fits, moved on to whole quarters of an hour from then if that fits too; null if none does. */
    private @Nullable Fit nextFit(SiteDays site, TherapistDays therapist, long from, long end) {
        long length = minutes * 60L;
        long start = from;
        RoomDays room = null;
        while (start + length <= end) {
            room = fits(site, therapist, start, start + length);
            if (room != null) {
                break;
            }
            start = roundUp(blockedUntil(site, therapist, start, start + length));
        }
        if (room == null) {
            return null;
        }
        long even = from + roundUp(start - from, QUARTER);
        RoomDays there = even > start && even + length <= end ? fits(site, therapist, even, even + length) : null;
        return there == null ? new Fit(start, room) : new Fit(even, there);
    }

    private FreeTime freeTime(SiteDays site, TherapistDays therapist, RoomDays room, long start) {
        return new FreeTime(
                Instant.ofEpochSecond(start),
                minutes,
                new FreeTime.Ref(therapist.id(), therapist.name()),
                new FreeTime.Ref(room.id(), room.name()),
                new FreeTime.Ref(site.id(), site.name()),
                site.zone());
    }

    private @Nullable RoomDays fits(SiteDays site, TherapistDays therapist, long start, long end) {
        if (therapist.timeOff().touches(start, end)
                || patientBusy.touches(start, end)
                || tooManyInARow(therapist.busy(), start, end)) {
            return null;
        }
        for (RoomDays room : site.rooms()) {
            if (!room.busy().touches(start, end + room.turnoverMinutes() * 60L)) {
                return room;
            }
        }
        return null;
    }

    /** When the first of what stands against that time is over. */
    private long blockedUntil(SiteDays site, TherapistDays therapist, long start, long end) {
        long away = Math.max(therapist.timeOff().touchedUntil(start, end), patientBusy.touchedUntil(start, end));
        if (away > start) {
            return away;
        }
        if (tooManyInARow(therapist.busy(), start, end)) {
            int before = therapist.busy().firstEndingAfter(start) - 1;
            long rested = before < 0 ? start : therapist.busy().to(before) + BREAK;
            return rested > start ? rested : NEVER;
        }
        return site.rooms().stream()
                .mapToLong(room -> room.busy().touchedUntil(start, end + room.turnoverMinutes() * 60L))
                .min()
                .orElse(NEVER);
    }

    private boolean tooManyInARow(Spans busy, long start, long end) {
        int next = busy.firstEndingAfter(start);
        int row = 1;
        long edge = start;
        for (int i = next - 1; i >= 0 && edge - busy.to(i) < BREAK; i--) {
            row++;
            edge = busy.from(i);
        }
        edge = end;
        for (int i = next; i < busy.count() && busy.from(i) - edge < BREAK; i++) {
            row++;
            edge = busy.to(i);
        }
        return row > sessionsInARow;
    }

    private static long at(LocalDate date, LocalTime time, ZoneId zone) {
        return date.atTime(time).atZone(zone).toEpochSecond();
    }

    private static long seconds(Instant instant) {
        return instant.getEpochSecond();
    }

    /** Up to the next multiple of five minutes. */
    private static long roundUp(long seconds) {
        return roundUp(seconds, FIVE_MINUTES);
    }

    private static long roundUp(long seconds, long step) {
        return -Math.floorDiv(-seconds, step) * step;
    }

    /** Collects busy stretches by id while rows are read. */
    static final class BusyBy {
        private final Map<Long, Spans.Builder> builders = new HashMap<>();

        void add(long id, TimeSlot slot) {
            builders.computeIfAbsent(id, k -> new Spans.Builder()).add(seconds(slot.start()), seconds(slot.end()));
        }

        Spans of(long id) {
            Spans.Builder builder = builders.get(id);
            return builder == null ? Spans.NONE : builder.build();
        }
    }
}
