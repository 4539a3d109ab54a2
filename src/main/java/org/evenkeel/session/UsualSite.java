package org.evenkeel.session;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;

/** Where a therapist works, for those who name no site; read in one statement. */
public final class UsualSite {

    private record Workplace(long id, ZoneId zone) {}

    private record Near(long site, Duration distance) {}

    /** By active site, in the order of their names. */
    private final Map<Workplace, List<WeeklyHours>> hours = new LinkedHashMap<>();

    private UsualSite() {}

    public static UsualSite of(EntityManager em, long therapist) {
        UsualSite usual = new UsualSite();
        Sql.on(em)
                .add(
                        "select s.id, s.zone, w.weekday, w.starts_at, w.ends_at from working_hours w"
                                + " join site s on s.id = w.site_id where s.active and w.therapist_id = ?"
                                + " order by s.name, s.id, w.weekday",
                        therapist)
                .list(r -> usual.hours
                        .computeIfAbsent(new Workplace(r.id(1), ZoneId.of(r.text(2))), k -> new ArrayList<>())
                        .add(new WeeklyHours(r.number(3), r.time(4), r.time(5))));
        return usual;
    }

    /**
     * Where they work on a day, or else on most days; empty if they work nowhere.
     *
     * @param day which one it is in a zone
     */
    public Optional<Long> on(Function<ZoneId, LocalDate> day) {
        return hours.entrySet().stream()
                .max(Comparator.comparing(
                        at -> weight(at.getValue(), day.apply(at.getKey().zone()))))
                .map(at -> at.getKey().id());
    }

    private static int weight(List<WeeklyHours> hours, LocalDate day) {
        return hours.stream()
                .mapToInt(h -> h.weekday() == day.getDayOfWeek().getValue() ? 100 : 1)
                .sum();
    }

    /** Where they work at that time; or else on its day, nearest to it; or else on most days. */
    Optional<Long> at(TimeSlot slot) {
        return hours.entrySet().stream()
                .flatMap(at -> near(slot, at.getKey(), at.getValue()))
                .min(Comparator.comparing(Near::distance))
                .map(Near::site)
                .or(() -> on(zone -> LocalDate.ofInstant(slot.start(), zone)));
    }

    private static Stream<Near> near(TimeSlot slot, Workplace at, List<WeeklyHours> hours) {
        return WeeklyHours.expand(hours, LocalDate.ofInstant(slot.start(), at.zone()), at.zone()).stream()
                .map(open -> new Near(at.id(), distance(slot, open)));
    }

    /** Less than nothing for as long as they overlap. */
    private static Duration distance(TimeSlot slot, TimeSlot open) {
        Duration before = Duration.between(slot.end(), open.start());
        Duration after = Duration.between(open.end(), slot.start());
        return before.compareTo(after) > 0 ? before : after;
    }
}
