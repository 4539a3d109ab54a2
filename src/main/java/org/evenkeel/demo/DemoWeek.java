package org.evenkeel.demo;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.evenkeel.demo.DemoPatients.Client;
import org.evenkeel.demo.DemoPlaces.Place;
import org.evenkeel.demo.DemoStaff.Block;
import org.evenkeel.demo.DemoStaff.Worker;
import org.evenkeel.modality.Modality;
import org.evenkeel.patient.Patient;
import org.evenkeel.site.Room;
import org.evenkeel.therapist.Therapist;
import org.jspecify.annotations.Nullable;

/**
 * The timetable of one week, in the wall time of each site: patients come to the same therapist at the same time each week.
 * Sessions start on quarter hours; nobody and no room is taken twice, and nobody works more than four in a row.
 */
final class DemoWeek {
    /** How much of the working hours is to be booked in a week in which nobody cancels. */
    private static final double GOAL = 0.86;

    private static final int MOST_A_WEEK = 4;
    private static final int MOST_IN_A_ROW = 4;
    private static final int BREAK = 10;
    private static final int ATTEMPTS = 5;
    private static final int QUARTER = 15;
    private static final int MINUTES_A_DAY = 24 * 60;
    private static final Set<String> ALSO_BY_VIDEO = Set.of("IND", "CBT", "RPP", "DUAL", "MAT", "WELL");
    private static final String NEEDS_SPACE = "FAMILY";
    private static final int SPACE = 4;

    /** A patient's time in each week. */
    record Visit(
            Worker worker,
            Client client,
            Modality modality,
            int minutes,
            Place place,
            Room room,
            int weekday,
            LocalTime start) {}

    /** How much of a therapist's week is taken. */
    private static final class Load {
        private int worked;
        private int booked;
    }

    private record Shift(Worker worker, Block block, Load load) {
        int from() {
            return minute(block.from());
        }

        int to() {
            return minute(block.to());
        }

        boolean isKeptFree(int from, int to) {
            LocalTime[] free = worker.keptFree().get(block.weekday());
            return free != null && from < minute(free[1]) && to > minute(free[0]);
        }
    }

    private record Stretch(int from, int to) {
        boolean overlaps(int otherFrom, int otherTo) {
            return from < otherTo && otherFrom < to;
        }
    }

    private record Key(Object who, int weekday) {}

    private final List<Client> clients;
    private final List<Modality> open;
    private final Random random;
    private final Map<Key, List<Stretch>> taken = new HashMap<>();
    private final Map<Patient, Integer> visitsOf = new HashMap<>();
    private final Map<Patient, Set<Therapist>> knows = new HashMap<>();
    private final List<Visit> visits = new ArrayList<>();

    /** @param open the therapies that anyone may give to one patient */
    DemoWeek(List<Client> clients, List<Modality> open, Random random) {
        this.clients = clients;
        this.open = open;
        this.random = random;
    }

    List<Visit> plan(List<Worker> workers) {
        List<Shift> shifts = new ArrayList<>();
        for (Worker worker : workers) {
            Load load = new Load();
            worker.blocks().forEach(block -> shifts.add(new Shift(worker, block, load)));
        }
        // In any order, so that nobody is the last to find a room each day.
        Collections.shuffle(shifts, random);
        shifts.forEach(this::fill);
        return visits;
    }

    /** Someone, or a room, is taken at this time of each week: plan around it. */
    void keep(Object who, int weekday, LocalTime from, int minutes) {
        take(who, weekday, minute(from), minute(from) + minutes);
    }

    private void fill(Shift shift) {
        int last = shift.from();
        int at = last;
        int inARow = 0;
        shift.load().worked += shift.to() - shift.from();
        while (at < shift.to()) {
            inARow = at - last >= BREAK ? 0 : inARow;
            Visit visit = inARow == MOST_IN_A_ROW || wantsGap(shift.load()) ? null : visit(shift, at);
            if (visit == null) {
                at += QUARTER;
                continue;
            }
            add(visit, at);
            inARow++;
            last = at + visit.minutes();
            shift.load().booked += last - at;
            at = (last + QUARTER - 1) / QUARTER * QUARTER;
        }
    }

    private boolean wantsGap(Load load) {
        return random.nextDouble() < (load.booked > GOAL * load.worked ? 0.6 : 0.03);
    }

    private @Nullable Visit visit(Shift shift, int at) {
        Place place = shift.block().place();
        int weekday = shift.block().weekday();
        Client client = client(shift);
        for (int attempt = 0; client != null && attempt < ATTEMPTS; attempt++) {
            Modality modality = modality(shift.worker());
            int minutes = minutes(modality);
            int until = at + minutes;
            boolean busy = !isFree(shift.worker().therapist(), weekday, at, until);
            Room room = until > shift.to() || busy || shift.isKeptFree(at, until)
                    ? null
                    : room(place, modality, weekday, at, until);
            if (room != null) {
                return new Visit(
                        shift.worker(),
                        client,
                        modality,
                        minutes,
                        place,
                        room,
                        weekday,
                        LocalTime.of(at / 60, at % 60));
            }
        }
        return null;
    }

    private Modality modality(Worker worker) {
        List<Modality> from = random.nextInt(8) == 0 ? open : worker.modalities();
        return from.get(random.nextInt(from.size()));
    }

    /** As long as usual, but that some patients have a full hour instead of fifty minutes. */
    private int minutes(Modality modality) {
        return modality.defaultMinutes() == 50 && random.nextInt(5) < 2 ? 60 : modality.defaultMinutes();
    }

    private @Nullable Room room(Place place, Modality modality, int weekday, int from, int to) {
        boolean mayBeVideo = ALSO_BY_VIDEO.contains(modality.code());
        if (mayBeVideo && random.nextInt(8) == 0) {
            return place.telehealth();
        }
        int seats = modality.code().equals(NEEDS_SPACE) ? SPACE : 1;
        int first = random.nextInt(place.rooms().size());
        for (int i = 0; i < place.rooms().size(); i++) {
            Room room = place.rooms().get((first + i) % place.rooms().size());
            if (room.capacity() >= seats && isFree(room, weekday, from, to + room.turnoverMinutes())) {
                return room;
            }
        }
        return mayBeVideo ? place.telehealth() : null;
    }

    /** Whoever is seen least this week and not on that day; one's own patients and those one knows before others. */
    private @Nullable Client client(Shift shift) {
        return clients.stream()
                .filter(c -> c.isBooked()
                        && c.place().equals(shift.block().place())
                        && visitsOf.getOrDefault(c.patient(), 0) < MOST_A_WEEK
                        && isFree(c.patient(), shift.block().weekday(), 0, MINUTES_A_DAY))
                .min(Comparator.comparingDouble(c -> distance(shift.worker(), c)))
                .orElse(null);
    }

    private double distance(Worker worker, Client client) {
        double stranger = 0.9;
        if (client.primary().therapist() == worker.therapist()) {
            stranger = 0;
        } else if (knows.getOrDefault(client.patient(), Set.of()).contains(worker.therapist())) {
            stranger = 0.5;
        }
        return visitsOf.getOrDefault(client.patient(), 0) + stranger;
    }

    private boolean isFree(Object who, int weekday, int from, int to) {
        return taken.getOrDefault(new Key(who, weekday), List.of()).stream()
                .noneMatch(stretch -> stretch.overlaps(from, to));
    }

    private void add(Visit visit, int from) {
        int minutes = visit.minutes();
        take(visit.client().patient(), visit.weekday(), from, from + minutes);
        if (!visit.room().isTelehealth()) {
            take(
                    visit.room(),
                    visit.weekday(),
                    from,
                    from + minutes + visit.room().turnoverMinutes());
        }
        visitsOf.merge(visit.client().patient(), 1, Integer::sum);
        knows.computeIfAbsent(visit.client().patient(), p -> new HashSet<>())
                .add(visit.worker().therapist());
        visits.add(visit);
    }

    private void take(Object who, int weekday, int from, int to) {
        taken.computeIfAbsent(new Key(who, weekday), k -> new ArrayList<>()).add(new Stretch(from, to));
    }

    private static int minute(LocalTime time) {
        return time.getHour() * 60 + time.getMinute();
    }
}
