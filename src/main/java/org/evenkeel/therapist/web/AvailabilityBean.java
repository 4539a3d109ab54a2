package org.evenkeel.therapist.web;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.shared.Versioned;
import org.evenkeel.site.ClosureDay;
import org.evenkeel.site.SiteDetails;
import org.evenkeel.site.SiteRegister;
import org.evenkeel.therapist.TherapistRegister;
import org.evenkeel.therapist.TherapistWeek;
import org.evenkeel.therapist.TimeOffRow;
import org.evenkeel.therapist.WorkingHours;

/** The overview of who works when and where, who is away, and when the sites are closed. */
@Named("availability")
@RequestScoped
public class AvailabilityBean {
    private TherapistRegister therapists;
    private SiteRegister siteRegister;
    private SignedIn signedIn;
    private Clock clock;

    private List<TherapistWeek> weeks = List.of();
    private List<Versioned<SiteDetails>> sites = List.of();

    @SuppressWarnings("NullAway.Init")
    protected AvailabilityBean() {}

    @Inject
    public AvailabilityBean(TherapistRegister therapists, SiteRegister siteRegister, SignedIn signedIn, Clock clock) {
        this.therapists = therapists;
        this.siteRegister = siteRegister;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    /** A therapist has an own page only, and is led to it. */
    public void open() {
        Actor actor = signedIn.actor();
        if (!actor.hasAny(Role.DESK, Role.LEAD, Role.ADMIN) && actor.therapistId() != null) {
            Notices.redirect("/availability/edit?id=" + actor.therapistId());
            return;
        }
        weeks = therapists.weeks(actor);
        sites = siteRegister.all(actor);
    }

    public List<TherapistWeek> getWeeks() {
        return weeks;
    }

    public List<Integer> getWeekdays() {
        return IntStream.rangeClosed(1, 7).boxed().toList();
    }

    /** Where a therapist works on a weekday, and when there. */
    public record Place(String site, List<WorkingHours> hours) {}

    /** A therapist's places of a weekday, in the order of the day. */
    public List<Place> on(TherapistWeek week, int weekday) {
        return week.hours().stream()
                .filter(entry -> entry.weekday() == weekday)
                .collect(groupingBy(WorkingHours::siteId, LinkedHashMap::new, toList()))
                .entrySet()
                .stream()
                .map(place -> new Place(siteName(place.getKey()), place.getValue()))
                .toList();
    }

    public boolean isAnyTimeOff() {
        return weeks.stream().anyMatch(week -> !week.timeOff().isEmpty());
    }

    /** Time off on the clock of the site of the therapist's first working hours. */
    public String inWords(TherapistWeek week, TimeOffRow off) {
        return Stretches.inWords(off.slot(), SiteChoices.zone(sites, week.hours()));
    }

    private String siteName(long id) {
        return sites.stream()
                .filter(site -> site.id() == id)
                .map(site -> site.details().name())
                .findFirst()
                .orElse("");
    }

    /** Sites in use. */
    public List<Versioned<SiteDetails>> getSites() {
        return sites.stream().filter(site -> site.details().active()).toList();
    }

    /** A site's closure days from today on. */
    public List<ClosureDay> closures(Versioned<SiteDetails> site) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), site.details().zone());
        return site.details().closureDays().stream()
                .filter(day -> !day.date().isBefore(today))
                .toList();
    }
}
