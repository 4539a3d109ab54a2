package org.evenkeel.demo;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.evenkeel.site.ClosureDay;
import org.evenkeel.site.OpeningHours;
import org.evenkeel.site.Room;
import org.evenkeel.site.Site;

/** Two sites in two time zones, open every day, with ten rooms. */
record DemoPlaces(Place harbor, Place mesa) {
    private static final int FRIDAY = 5;
    private static final int SATURDAY = 6;
    private static final int SUNDAY = 7;

    /** A site with its rooms; those with walls in the order in which they are taken, and the one without. */
    record Place(Site site, List<Room> rooms, Room telehealth) {

        LocalDate today(Instant now) {
            return LocalDate.ofInstant(now, site.zone());
        }
    }

    List<Place> all() {
        return List.of(harbor, mesa);
    }

    /** The place that a letter of the staff's hours stands for. */
    Place of(String letter) {
        return letter.equals("H") ? harbor : mesa;
    }

    static DemoPlaces persist(EntityManager entities, Instant now) {
        Site harbor = site("Harbor House", "America/New_York", "(555) 555-0100", "20:00", "17:00");
        harbor.callInMessages("12 Pier Street");
        harbor.closeOn(new ClosureDay(workday(now, harbor, 16), "Staff training"));
        Site mesa = site("Mesa House", "America/Denver", "(555) 555-0150", "19:00", "16:00");
        mesa.callInMessages("480 Juniper Road");
        mesa.closeOn(new ClosureDay(workday(now, mesa, 23), "Maintenance of the building"));
        entities.persist(harbor);
        entities.persist(mesa);
        DemoPlaces places = new DemoPlaces(
                new Place(
                        harbor,
                        List.of(
                                new Room(harbor, "Room 1", 2, 10, false),
                                new Room(harbor, "Room 2", 2, 10, false),
                                new Room(harbor, "Room 3", 3, 5, false),
                                new Room(harbor, "Garden Room", 6, 10, false),
                                new Room(harbor, "Lighthouse Room", 14, 15, false)),
                        new Room(harbor, "Telehealth", 1, 0, true)),
                new Place(
                        mesa,
                        List.of(
                                new Room(mesa, "Room A", 2, 10, false),
                                new Room(mesa, "Room B", 4, 5, false),
                                new Room(mesa, "Canyon Room", 12, 15, false)),
                        new Room(mesa, "Telehealth", 1, 0, true)));
        for (Place place : places.all()) {
            place.rooms().forEach(entities::persist);
            entities.persist(place.telehealth());
        }
        entities.flush();
        return places;
    }

    private static Site site(String name, String zone, String phone, String closesAt, String weekendClosesAt) {
        Site site = new Site(name, ZoneId.of(zone), phone);
        site.openAt(IntStream.rangeClosed(1, SUNDAY)
                .mapToObj(weekday -> weekday <= FRIDAY
                        ? new OpeningHours(weekday, LocalTime.of(8, 0), LocalTime.parse(closesAt))
                        : new OpeningHours(weekday, LocalTime.of(9, 0), LocalTime.parse(weekendClosesAt)))
                .toList());
        return site;
    }

    /** The first day from Monday to Friday from so many days ahead. */
    private static LocalDate workday(Instant now, Site site, int daysAhead) {
        LocalDate date = LocalDate.ofInstant(now, site.zone()).plusDays(daysAhead);
        while (date.getDayOfWeek().getValue() >= SATURDAY) {
            date = date.plusDays(1);
        }
        return date;
    }
}
