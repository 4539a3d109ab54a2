package org.evenkeel.series.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.patient.PatientRow;
import org.evenkeel.patient.web.ShownName;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.platform.web.Paging;
import org.evenkeel.series.Waitlist;
import org.evenkeel.series.WaitlistRow;
import org.evenkeel.session.FreeTime;
import org.evenkeel.session.FreeTimes;
import org.evenkeel.session.FreeTimesQuery;
import org.evenkeel.session.Refused;
import org.evenkeel.session.SessionView;
import org.evenkeel.session.SessionViews;
import org.evenkeel.session.web.BookingChoices;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.TimeSlot;
import org.jspecify.annotations.Nullable;

/** Everyone who waits, in order: for a seat in a group, or for a time; who is added, placed, or waits no longer. */
@Named("waitlistPage")
@ViewScoped
public class WaitlistBean implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MOST_TIMES = 6;
    private static final int DAYS_AHEAD = 60;
    private static final int MOST_SUITED = 50;
    private static final int MOST_A_DAY = 300;
    /** Of a free cell the board knows no end: whoever has no shorter time than this may take it. */
    private static final int SHORTEST_MINUTES = 15;

    private transient Waitlist waitlist;
    private transient FreeTimes freeTimes;
    private transient PatientField patientField;
    private transient BookingChoices places;
    private transient SessionViews sessions;
    private transient SeriesChoices names;
    private transient SignedIn signedIn;
    private transient Clock clock;
    private transient PlacingBean placing;

    private int page = 1;
    private @Nullable Long entry;
    private @Nullable Long series;
    private @Nullable Long sessionId;
    private @Nullable Long therapist;
    private @Nullable Long site;
    private @Nullable Long at;
    private @Nullable Integer team;
    private String narrowed = "";
    private @Nullable Wanted wanted;
    private List<WaitlistRow> rows = List.of();
    private boolean more;
    private transient List<FreeTime> times = List.of();
    private @Nullable WaitForm form;

    /** A time that is free for someone who waits; wall time is the site's. */
    private record Wanted(Instant start, long therapistId, long siteId, ZoneId zone) implements Serializable {
        LocalDate day() {
            return LocalDate.ofInstant(start, zone);
        }
    }

    @SuppressWarnings("NullAway.Init")
    protected WaitlistBean() {}

    @Inject
    public WaitlistBean(
            Waitlist waitlist,
            FreeTimes freeTimes,
            PatientField patientField,
            BookingChoices places,
            SessionViews sessions,
            SeriesChoices names,
            SignedIn signedIn,
            Clock clock,
            PlacingBean placing) {
        this.waitlist = waitlist;
        this.freeTimes = freeTimes;
        this.patientField = patientField;
        this.places = places;
        this.sessions = sessions;
        this.names = names;
        this.signedIn = signedIn;
        this.clock = clock;
        this.placing = placing;
    }

    public void open() {
        narrowed = "";
        wanted = null;
        form = form == null ? new WaitForm(today()) : form;
        if (sessionId != null) {
            readFor(sessions.find(signedIn.actor(), "waitlist", sessionId));
        } else if (therapist != null && site != null && at != null) {
            readFor(new Wanted(Instant.ofEpochSecond(Math.multiplyExact(at, 60L)), therapist, site, zone(site)));
        } else if (series != null) {
            readFor(series);
        } else {
            show(waitlist.list(signedIn.actor(), null, Paging.first(page), Paging.SIZE));
        }
        WaitlistRow chosen = getChosen();
        times = chosen == null ? List.of() : timesFor(chosen);
    }

    private void show(Waitlist.Page found) {
        rows = found.items();
        more = found.more();
    }

    private void readFor(long group) {
        show(waitlist.list(signedIn.actor(), group, Paging.first(page), Paging.SIZE));
        narrowed = Notices.text("waitlist.narrowed.group");
        if (getForm().getSeries() == null) {
            getForm().setSeries(group);
        }
    }

    /** Of a group, who waits for a seat; otherwise whom its time suits, which is free if it was cancelled. */
    private void readFor(SessionView one) {
        SessionView.Named group = one.series();
        if (one.isGroup() && group != null) {
            readFor(group.id());
            narrowed = Notices.text("waitlist.narrowed.series", group.name());
            return;
        }
        String when = Formats.moment(one.slot().start(), one.site().zone());
        show(new Waitlist.Time(
                one.modality().code(),
                one.slot(),
                one.therapist().id(),
                one.site().id()));
        narrowed = Notices.text(
                "waitlist.narrowed.session",
                one.modality().name(),
                when,
                one.therapist().name());
        wanted = one.isLive()
                ? null
                : new Wanted(
                        one.slot().start(),
                        one.therapist().id(),
                        one.site().id(),
                        one.site().zone());
    }

    private void readFor(Wanted time) {
        show(new Waitlist.Time(null, TimeSlot.of(time.start(), SHORTEST_MINUTES), time.therapistId(), time.siteId()));
        narrowed = Notices.text(
                "waitlist.narrowed.time",
                Formats.moment(time.start(), time.zone()),
                names.therapist(time.therapistId()));
        wanted = time;
    }

    private void show(Waitlist.Time time) {
        rows = waitlist.matches(signedIn.actor(), time, MOST_SUITED);
        more = false;
    }

    private ZoneId zone(long siteId) {
        return places.getSites().stream()
                .filter(s -> s.id() == siteId)
                .findFirst()
                .map(BookingChoices.SiteChoice::zone)
                .orElseThrow(() -> new NotFound("site", siteId));
    }

    /** Books the time of which the page shows whom it suits. */
    public @Nullable String bookNow(WaitlistRow row) {
        Wanted time = wanted;
        if (time == null) {
            return here();
        }
        Optional<FreeTime> free =
                search(row, time.day(), time.day(), time.therapistId(), time.siteId(), MOST_A_DAY).stream()
                        .filter(f -> f.start().equals(time.start()))
                        .findFirst();
        if (free.isEmpty()) {
            Notices.wrong("", Notices.text("waitlist.notFree", shown(row)));
            open();
            return null;
        }
        String board = "/board?faces-redirect=true&date=" + time.day() + "&site=" + time.siteId();
        return book(row, free.get(), team == null ? board : board + "&team=" + team);
    }

    /** Free times that the chosen one could take, best first. */
    private List<FreeTime> timesFor(WaitlistRow row) {
        LocalDate from = row.from().isBefore(today()) ? today() : row.from();
        return search(
                row,
                from,
                from.plusDays(DAYS_AHEAD),
                row.therapist() == null ? null : row.therapist().id(),
                row.site() == null ? null : row.site().id(),
                MOST_TIMES);
    }

    private List<FreeTime> search(
            WaitlistRow row, LocalDate from, LocalDate to, @Nullable Long with, @Nullable Long where, int most) {
        Set<DayOfWeek> days = row.weekdays().stream().map(DayOfWeek::of).collect(Collectors.toSet());
        return freeTimes
                .search(
                        signedIn.actor(),
                        new FreeTimesQuery(
                                row.modality().code(),
                                null,
                                from,
                                to,
                                with,
                                null,
                                null,
                                days,
                                row.after(),
                                row.before(),
                                where,
                                row.patientId(),
                                most))
                .items();
    }

    public @Nullable String add() {
        WaitForm typed = getForm();
        try {
            PatientRow who = patientField.meant("patient", typed.getPatient());
            if (typed.getSeries() == null && typed.getModality().isEmpty()) {
                throw new Invalid("series", "waitlist.forMissing");
            }
            waitlist.add(signedIn.actor(), typed.wish(who.id()));
            Notices.done("waitlist.added", ShownName.of(who.displayName()));
            EnrolBean.focus("patient");
            return here();
        } catch (Invalid e) {
            Notices.invalid(e);
        } catch (Refused e) {
            Told.beside("patient", e);
        }
        return null;
    }

    /** Gives a seat from their first day on. */
    public @Nullable String place(WaitlistRow row) {
        String next = placing.place(row, today(), here());
        if (next == null) {
            open();
        }
        return next;
    }

    /** Keeps a seat for them for so many hours. */
    public @Nullable String offer(WaitlistRow row, int hours) {
        return attempt(here(), () -> {
            Instant until = clock.instant().plus(Duration.ofHours(hours));
            int dates = waitlist.hold(signedIn.actor(), row.id(), until);
            Notices.done("waitlist.offered", shown(row), Formats.moment(until, zoneOf(row)), dates);
        });
    }

    /** Keeps a free time for the chosen one for so many hours. */
    public @Nullable String keep(FreeTime time, int hours) {
        WaitlistRow row = getChosen();
        return row == null
                ? here()
                : attempt(here(), () -> {
                    Instant until = waitlist.hold(
                            signedIn.actor(),
                            row.id(),
                            time.slot(),
                            time.therapist().id(),
                            time.room().id(),
                            clock.instant().plus(Duration.ofHours(hours)));
                    Notices.done(
                            "waitlist.kept",
                            shown(row),
                            Formats.moment(time.start(), time.zone()),
                            Formats.moment(until, time.zone()));
                });
    }

    /** Books the time that is kept for them. */
    public @Nullable String bookKept(WaitlistRow row) {
        WaitlistRow.Kept kept = row.kept();
        return kept == null
                ? here()
                : attempt(here(), () -> {
                    waitlist.place(
                            signedIn.actor(),
                            row.id(),
                            kept.slot(),
                            kept.therapist().id(),
                            kept.room().id());
                    Notices.done(
                            "waitlist.booked",
                            shown(row),
                            Formats.moment(kept.slot().start(), kept.zone()));
                });
    }

    /** How long they have gone without, in words; "" if their first day is still to come. */
    public String waited(WaitlistRow row) {
        long days = ChronoUnit.DAYS.between(row.without(getZone()), today());
        return days < 0
                ? ""
                : days < 14 ? Notices.text("waitlist.days", days) : Notices.text("waitlist.weeks", days / 7);
    }

    /** Books a time for the chosen one. */
    public @Nullable String book(FreeTime time) {
        WaitlistRow row = getChosen();
        return row == null ? here() : book(row, time, here());
    }

    private @Nullable String book(WaitlistRow row, FreeTime time, String next) {
        return attempt(next, () -> {
            waitlist.place(
                    signedIn.actor(),
                    row.id(),
                    time.slot(),
                    time.therapist().id(),
                    time.room().id());
            Notices.done("waitlist.booked", shown(row), Formats.moment(time.start(), time.zone()));
        });
    }

    private static String shown(WaitlistRow row) {
        return ShownName.of(row.patient());
    }

    public @Nullable String withdraw(WaitlistRow row) {
        return attempt(here(), () -> {
            waitlist.withdraw(signedIn.actor(), row.id());
            Notices.done("waitlist.withdrawn", shown(row));
        });
    }

    private @Nullable String attempt(String next, Runnable work) {
        try {
            work.run();
            return next;
        } catch (Refused e) {
            Told.beside("", e);
        } catch (Invalid e) {
            Notices.wrong("", Notices.text(e));
        }
        open();
        return null;
    }

    private static String here() {
        return "/waitlist/list?faces-redirect=true&includeViewParams=true";
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), getZone());
    }

    /** On whose wall a seat is kept: where the group meets. */
    public ZoneId zoneOf(WaitlistRow row) {
        ZoneId zone = row.zone();
        return zone == null ? getZone() : zone;
    }

    /** The zone of the first site. */
    public ZoneId getZone() {
        return places.getSites().stream()
                .findFirst()
                .map(BookingChoices.SiteChoice::zone)
                .orElse(ZoneId.of("UTC"));
    }

    /** What one waits for, in words: "Tue, Thu, after 16:00, Dr Lee". */
    public String criteria(WaitlistRow row) {
        List<String> words = new ArrayList<>();
        row.weekdays().forEach(day -> words.add(Formats.weekday(day)));
        if (row.after() != null) {
            words.add(Notices.text("waitlist.after", row.after()));
        }
        if (row.before() != null) {
            words.add(Notices.text("waitlist.before", row.before()));
        }
        if (row.therapist() != null) {
            words.add(row.therapist().name());
        }
        if (row.site() != null) {
            words.add(row.site().name());
        }
        if (row.from().isAfter(today())) {
            words.add(Notices.text("waitlist.fromDay", Formats.date(row.from())));
        }
        return String.join(", ", words);
    }

    /** The weekdays as Find a time has them in its address. */
    public String weekdayNames(WaitlistRow row) {
        return row.weekdays().stream().map(day -> DayOfWeek.of(day).name()).collect(Collectors.joining(","));
    }

    /** The one whose times are shown; null: none is, or they wait for a seat. */
    public @Nullable WaitlistRow getChosen() {
        return rows.stream()
                .filter(r -> entry != null && r.id() == entry && r.series() == null)
                .findFirst()
                .orElse(null);
    }

    public List<FreeTime> getTimes() {
        return times;
    }

    public List<WaitlistRow> getRows() {
        return rows;
    }

    /** The number of the last page that is known of. */
    public int getPages() {
        return more ? page + 1 : page;
    }

    public List<Integer> getPriorities() {
        return List.of(1, 2, 3);
    }

    public List<Integer> getWeek() {
        return List.of(1, 2, 3, 4, 5, 6, 7);
    }

    public WaitForm getForm() {
        WaitForm typed = form;
        return typed == null ? new WaitForm(today()) : typed;
    }

    /** What the page is narrowed to, in words; empty: everyone who waits. */
    public String getNarrowed() {
        return narrowed;
    }

    /** Whether the time that the page is narrowed to can be booked for one of them. */
    public boolean isBookable() {
        return wanted != null;
    }

    /** When that is. */
    public String getWantedClock() {
        Wanted time = wanted;
        return time == null ? "" : Formats.clock(time.start(), time.zone());
    }

    public @Nullable Long getSeries() {
        return series;
    }

    public void setSeries(@Nullable Long series) {
        this.series = series;
    }

    public @Nullable Long getSessionId() {
        return sessionId;
    }

    public void setSessionId(@Nullable Long sessionId) {
        this.sessionId = sessionId;
    }

    public @Nullable Long getTherapist() {
        return therapist;
    }

    public void setTherapist(@Nullable Long therapist) {
        this.therapist = therapist;
    }

    public @Nullable Long getSite() {
        return site;
    }

    public void setSite(@Nullable Long site) {
        this.site = site;
    }

    /** A time on the board, in minutes since 1970. */
    public @Nullable Long getAt() {
        return at;
    }

    public void setAt(@Nullable Long at) {
        this.at = at;
    }

    /** Which team the board showed, to come back to it. */
    public @Nullable Integer getTeam() {
        return team;
    }

    public void setTeam(@Nullable Integer team) {
        this.team = team;
    }

    public int getPage() {
        return page;
    }

    public void setPage(int page) {
        this.page = Math.max(1, page);
    }

    public @Nullable Long getEntry() {
        return entry;
    }

    public void setEntry(@Nullable Long entry) {
        this.entry = entry;
    }
}
