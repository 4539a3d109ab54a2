package org.evenkeel.series.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.patient.web.ShownName;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.series.GroupMerges;
import org.evenkeel.series.GroupMerges.Merged;
import org.evenkeel.series.GroupMerges.Wish;
import org.evenkeel.series.MergePlan;
import org.evenkeel.series.MergePlan.Barrier;
import org.evenkeel.series.MergePlan.Person;
import org.evenkeel.series.SeriesChange.Scope;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.jspecify.annotations.Nullable;

/** A group that is too small goes into another one: who goes along, where to, and what that will do. */
@Named("groupMerge")
@ViewScoped
public class MergeBean extends MeantDates {
    private static final long serialVersionUID = 1L;

    private transient GroupMerges merges;
    private transient SignedIn signedIn;

    private @Nullable Long into;
    private final Map<Long, Boolean> along = new HashMap<>();

    private long seriesId;
    private String name = "";
    private String date = "";
    private int dates;
    private int guests;
    private int waiting;
    private List<Line> people = List.of();
    private List<Way> ways = List.of();

    /** Someone who comes to it. */
    public record Line(long patientId, String name, boolean guest) implements Serializable {}

    /**
     * A group that they could go to, in words.
     *
     * @param when its date, or the first of those that they would come to
     * @param barriers who cannot go there, and why
     */
    public record Way(
            long sessionId,
            long seriesId,
            String name,
            String when,
            String where,
            int dates,
            int free,
            List<Barred> barriers,
            boolean partly)
            implements Serializable {

        /** Whether some of those who are to go along can, and others cannot. */
        public boolean isPartly() {
            return partly;
        }

        /** Whether everyone who is to go along can. */
        public boolean isClear() {
            return barriers.isEmpty();
        }
    }

    /** Someone who cannot go, and why. */
    public record Barred(long patientId, String who, List<String> why) implements Serializable {}

    @SuppressWarnings("NullAway.Init")
    protected MergeBean() {}

    @Inject
    public MergeBean(GroupMerges merges, SignedIn signedIn) {
        this.merges = merges;
        this.signedIn = signedIn;
    }

    public void open() {
        show();
    }

    /** Looks again, after other dates or other people were chosen. */
    public void look() {
        try {
            show();
        } catch (NotFound e) {
            Notices.wrong("", Notices.text("group.list.gone"));
        }
    }

    private void show() {
        MergePlan plan = merges.plan(signedIn.actor(), wish());
        seriesId = plan.seriesId();
        name = plan.name();
        date = Formats.moment(plan.dates().get(0).start(), plan.site().zone());
        dates = plan.dates().size();
        guests = plan.guests();
        waiting = plan.waiting();
        people = plan.people().stream()
                .map(p -> new Line(p.patientId(), ShownName.of(p.name()), p.guest()))
                .toList();
        people.forEach(p -> along.putIfAbsent(p.patientId(), true));
        ways = plan.ways().stream().map(w -> way(w, plan.people())).toList();
    }

    private Wish wish() {
        Set<Long> without = along.entrySet().stream()
                .filter(e -> !e.getValue())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return new Wish(existing(), getScope(), without);
    }

    private Way way(MergePlan.Way way, List<Person> people) {
        List<Barred> barred = new ArrayList<>();
        for (Person person : people) {
            List<String> why = way.barriers().stream()
                    .filter(b -> b.patientId() == person.patientId())
                    .flatMap(b -> why(b, way).stream())
                    .distinct()
                    .toList();
            if (!why.isEmpty()) {
                barred.add(new Barred(person.patientId(), ShownName.of(person.name()), why));
            }
        }
        return new Way(
                way.sessionId(),
                way.seriesId(),
                way.name(),
                Formats.moment(way.slot().start(), way.site().zone()),
                Notices.text(
                        "group.merge.where",
                        way.therapist().name(),
                        way.room().name(),
                        way.site().name(),
                        Formats.zone(way.site().zone())),
                way.dates(),
                way.free(),
                barred,
                !barred.isEmpty()
                        && barred.size()
                                < along.values().stream().filter(goes -> goes).count());
    }

    private static List<String> why(Barrier barrier, MergePlan.Way way) {
        if (barrier.refusal().rule() == Rule.SEAT_TAKEN) {
            return List.of(Notices.text("group.merge.noSeat"));
        }
        return Told.of(
                List.of(barrier.refusal()), way.slot().start(), way.site().zone());
    }

    /** This is where they go; what that will do is told next. */
    public void choose(Way way) {
        into = way.sessionId();
        if (getReason().isBlank()) {
            setReason(Notices.text("group.merge.reasonUsual", way.name()));
        }
    }

    /** This is where they go, but for those who cannot. */
    public void chooseWithout(Way way) {
        way.barriers().forEach(barred -> along.put(barred.patientId(), false));
        look();
        choose(way);
    }

    /** Does it, and leads back to what else is to be decided. */
    public @Nullable String merge() {
        Way way = getChosen();
        try {
            if (way == null) {
                throw new Invalid("", "group.merge.wayMissing");
            }
            Merged done = merges.merge(signedIn.actor(), wish(), way.sessionId(), getReason());
            Notices.done("group.merge.done", done.people(), way.name(), done.dates());
            return "/group/list?faces-redirect=true";
        } catch (Invalid e) {
            Notices.wrong(e.field().equals("people") || e.field().equals("from") ? "" : e.field(), Notices.text(e));
        } catch (Refused e) {
            Told.beside("", e);
            look();
        } catch (NotFound e) {
            Notices.wrong("", Notices.text("group.list.gone"));
        }
        return null;
    }

    /** Where they go; null: nothing is chosen, or it is no way any more. */
    public @Nullable Way getChosen() {
        return ways.stream()
                .filter(w -> into != null && w.sessionId() == into)
                .findFirst()
                .orElse(null);
    }

    /** Who goes along, by name. */
    public String getGoing() {
        return names(true);
    }

    /** Who does not, by name; empty: nobody. */
    public String getStaying() {
        return names(false);
    }

    private String names(boolean going) {
        return people.stream()
                .filter(p -> along.getOrDefault(p.patientId(), true) == going)
                .map(Line::name)
                .collect(Collectors.joining(", "));
    }

    @Override
    public List<Scope> getScopes() {
        return List.of(Scope.THIS, Scope.FOLLOWING);
    }

    public long getSeriesId() {
        return seriesId;
    }

    public String getName() {
        return name;
    }

    /** The first date that is given up. */
    public String getDate() {
        return date;
    }

    /** How many dates are given up. */
    public int getDates() {
        return dates;
    }

    /** How many seats of guests in later dates are given up with them. */
    public int getGuests() {
        return guests;
    }

    /** How many wait for the group that ends. */
    public int getWaiting() {
        return waiting;
    }

    public List<Line> getPeople() {
        return people;
    }

    public List<Way> getWays() {
        return ways;
    }

    /** By patient, whether they go along. */
    public Map<Long, Boolean> getAlong() {
        return along;
    }
}
