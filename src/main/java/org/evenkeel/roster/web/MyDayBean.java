package org.evenkeel.roster.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.Settings;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.roster.Roster;
import org.evenkeel.roster.RosterDay;
import org.evenkeel.session.Attendance;
import org.evenkeel.session.Booking;
import org.evenkeel.session.SessionView;
import org.evenkeel.session.web.LastChange;
import org.evenkeel.therapist.TherapistChoice;
import org.evenkeel.therapist.TherapistRegister;
import org.jspecify.annotations.Nullable;

/**
 * A therapist's day: their sessions, and who came. A group is a card with its seats, which opens its roster.
 */
@Named("myDay")
@ViewScoped
public class MyDayBean extends MarkingPage {
    private static final long serialVersionUID = 1L;

    private final transient Roster roster;
    private final transient TherapistRegister therapists;
    private final transient SignedIn signedIn;
    private final transient Clock clock;

    private String date = "";
    private @Nullable Long therapist;
    private transient @Nullable RosterDay day;
    private transient @Nullable SessionView next;
    private transient @Nullable SessionView nextDay;
    private String stamp = "";

    @Inject
    public MyDayBean(
            Roster roster,
            Attendance attendance,
            Booking booking,
            TherapistRegister therapists,
            Settings settings,
            SignedIn signedIn,
            LastChange last,
            Clock clock) {
        super(attendance, booking, settings, signedIn, last, clock);
        this.roster = roster;
        this.therapists = therapists;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    @SuppressWarnings("NullAway")
    protected MyDayBean() {
        this(null, null, null, null, null, null, null, null);
    }

    /** Reads the day: the user's own unless the address names another therapist. */
    public void open() {
        Actor actor = signedIn.actor();
        if (therapist == null) {
            therapist = actor.therapistId();
        }
        Long whose = therapist;
        if (whose == null) {
            signedIn.require("see the day of a therapist", Role.DESK, Role.LEAD);
            return;
        }
        Roster.Stamped found = roster.stamped(actor, whose, dateOrToday(whose));
        beginReading();
        RosterDay read = found.day();
        stamp = found.stamp();
        day = read;
        date = read.date().toString();
        next = nextOf(read);
        if (read.sessions().isEmpty()) {
            nextDay = roster.nextAfter(actor, whose, read.date()).orElse(null);
        }
        takeUp();
    }

    private LocalDate dateOrToday(long whose) {
        try {
            LocalDate asked = LocalDate.parse(date);
            if (Math.abs(asked.getYear() - 2000) < 200) {
                return asked;
            }
        } catch (DateTimeParseException e) {
            // No date in the address: today.
        }
        return today(whose);
    }

    private LocalDate today(long whose) {
        return clock.instant().atZone(roster.zone(whose)).toLocalDate();
    }

    @Override
    protected String address() {
        return "/myday?faces-redirect=true&date=" + date + (isOwn() ? "" : "&therapist=" + therapist);
    }

    // --- what the page shows ----------------------------------------------------------------------------------------

    public @Nullable RosterDay getDay() {
        return day;
    }

    /** Therapists to choose from, for someone who is none. */
    public List<TherapistChoice> getTherapists() {
        return therapists.choices(signedIn.actor());
    }

    public boolean isOwn() {
        Long own = signedIn.actor().therapistId();
        return own != null && own.equals(therapist);
    }

    /** The session that runs, or the first that has not begun, as the page was read; null once the day is over. */
    public @Nullable SessionView getNext() {
        return next;
    }

    private @Nullable SessionView nextOf(RosterDay read) {
        return read.sessions().stream()
                .filter(s -> s.slot().end().isAfter(readAt()))
                .findFirst()
                .filter(s -> Duration.between(readAt(), s.slot().start()).toHours() < 18)
                .orElse(null);
    }

    /** The sessions of the day but for the one that is pinned. */
    public List<SessionView> getOthers() {
        RosterDay read = day;
        return read == null
                ? List.of()
                : read.sessions().stream().filter(s -> !s.equals(next)).toList();
    }

    /** How many seconds it was until the session when the page was read; negative once it has begun. */
    public long secondsTo(SessionView session) {
        return Duration.between(readAt(), session.slot().start()).toSeconds();
    }

    /** "now", "in 12 min", "in 2 h 5 min". */
    public String until(SessionView session) {
        long minutes = (secondsTo(session) + 59) / 60;
        if (minutes <= 0) {
            return Notices.text("roster.day.now");
        }
        return minutes < 60
                ? Notices.text("roster.day.inMinutes", minutes)
                : Notices.text("roster.day.inHours", minutes / 60, minutes % 60);
    }

    /** The patient of an individual session; nobody of a group, which has a page for that. */
    public List<SessionView.Attendee> single(SessionView session) {
        return session.isGroup() ? List.of() : session.participants();
    }

    /** Whether everyone's attendance is marked. */
    public boolean isMarked(SessionView session) {
        return !session.participants().isEmpty()
                && session.participants().stream().allMatch(p -> p.state().isMarked());
    }

    public @Nullable SessionView getNextDay() {
        return nextDay;
    }

    public String getNextDayAddress() {
        SessionView next = nextDay;
        return next == null
                ? address(0)
                : address(next.slot().start().atZone(next.site().zone()).toLocalDate());
    }

    /** The same page so many days later. */
    public String address(int days) {
        RosterDay read = day;
        return read == null ? "myday" : address(read.date().plusDays(days));
    }

    private String address(LocalDate shown) {
        return "myday?date=" + shown + (isOwn() ? "" : "&therapist=" + therapist);
    }

    public String getTodayAddress() {
        return isOwn() ? "myday" : "myday?therapist=" + therapist;
    }

    public boolean isToday() {
        RosterDay read = day;
        return read != null && read.date().equals(today(read.therapistId()));
    }

    /** What is asked for, to learn whether anything has changed. */
    public String getStampAddress() {
        return "myday/stamp?date=" + date + "&therapist=" + therapist;
    }

    /** What is answered while nothing has changed. */
    public String getStamp() {
        return stamp;
    }

    public String getDate() {
        return date;
    }

    public void setDate(@Nullable String date) {
        this.date = date == null ? "" : date;
    }

    public @Nullable Long getTherapist() {
        return therapist;
    }

    public void setTherapist(@Nullable Long therapist) {
        this.therapist = therapist;
    }
}
