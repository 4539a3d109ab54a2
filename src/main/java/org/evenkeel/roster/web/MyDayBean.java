package org.evenkeel.roster.web;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.Settings;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.roster.Roster;
import org.evenkeel.roster.RosterDay;
import org.evenkeel.session.Attendance;
import org.evenkeel.session.Booking;
import org.evenkeel.session.Change;
import org.evenkeel.session.RefusalTexts;
import org.evenkeel.session.Refused;
import org.evenkeel.session.SessionView;
import org.evenkeel.session.SessionView.Attendee;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Stale;
import org.evenkeel.therapist.TherapistChoice;
import org.evenkeel.therapist.TherapistRegister;
import org.jspecify.annotations.Nullable;

/**
 * A therapist's day: their sessions, and who came. Each mark is a plain POST that leads back to the page, which then offers to take
 * it back; a small script does the same without leaving the page.
 */
@Named("myDay")
@ViewScoped
public class MyDayBean implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String CHANGE = "org.evenkeel.roster.change";
    private static final String SAID = "org.evenkeel.roster.said";
    private static final String PROBLEM = "org.evenkeel.roster.problem";

    private final transient Roster roster;
    private final transient Attendance attendance;
    private final transient Booking booking;
    private final transient TherapistRegister therapists;
    private final transient Settings settings;
    private final transient SignedIn signedIn;
    private final transient Clock clock;

    private String date = "";
    private @Nullable Long therapist;
    private String said = "";
    private String problem = "";
    private transient @Nullable Change change;
    private transient @Nullable RosterDay day;
    private transient @Nullable SessionView nextDay;

    @Inject
    public MyDayBean(
            Roster roster,
            Attendance attendance,
            Booking booking,
            TherapistRegister therapists,
            Settings settings,
            SignedIn signedIn,
            Clock clock) {
        this.roster = roster;
        this.attendance = attendance;
        this.booking = booking;
        this.therapists = therapists;
        this.settings = settings;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    @SuppressWarnings("NullAway")
    protected MyDayBean() {
        this(null, null, null, null, null, null, null);
    }

    /** Reads the day: the user's own unless the address names another therapist. */
    public void open() {
        Actor actor = signedIn.actor();
        if (therapist == null) {
            therapist = actor.therapistId();
        }
        Long whose = therapist;
        if (whose == null) {
            actor.require("see the day of a therapist", Role.DESK, Role.LEAD);
            return;
        }
        RosterDay read = roster.day(actor, whose, dateOrToday(whose));
        day = read;
        date = read.date().toString();
        if (read.sessions().isEmpty()) {
            nextDay = roster.nextAfter(actor, whose, read.date()).orElse(null);
        }
        Map<String, Object> flash =
                FacesContext.getCurrentInstance().getExternalContext().getFlash();
        change = (Change) flash.get(CHANGE);
        said = flash.get(SAID) instanceof String text ? text : "";
        problem = flash.get(PROBLEM) instanceof String text ? text : "";
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

    // --- marking ----------------------------------------------------------------------------------------------------

    /** The patient has arrived. */
    public String arrive(SessionView session, Attendee who) {
        return mark(
                "CHECKED_IN",
                session,
                () -> attendance.arrive(signedIn.actor(), session.id(), session.version(), who.id()));
    }

    /** The patient took part; {@code late} minutes late. */
    public String attend(SessionView session, Attendee who, int late) {
        return mark(
                late == 0 ? "ATTENDED" : "LATE",
                session,
                () -> attendance.attend(signedIn.actor(), session.id(), session.version(), who.id(), late, null));
    }

    /** The patient did not come. */
    public String miss(SessionView session, Attendee who) {
        return mark(
                "NO_SHOW", session, () -> attendance.miss(signedIn.actor(), session.id(), session.version(), who.id()));
    }

    /** Neither is known after all. */
    public String clear(SessionView session, Attendee who) {
        return mark(
                "BOOKED", session, () -> attendance.clear(signedIn.actor(), session.id(), session.version(), who.id()));
    }

    /** Takes the mark back that was just made. */
    public String undo() {
        Change made = change;
        if (made == null) {
            return address();
        }
        return attempt(() -> booking.undo(signedIn.actor(), made), null, Notices.text("roster.day.undone"));
    }

    private String mark(String mark, SessionView session, Supplier<Change> work) {
        String time = Formats.clock(session.slot().start(), session.site().zone());
        return attempt(work, session, time + ": " + Notices.text("roster.day.done." + mark));
    }

    private String attempt(Supplier<Change> work, @Nullable SessionView session, String done) {
        Map<String, Object> flash =
                FacesContext.getCurrentInstance().getExternalContext().getFlash();
        try {
            Change made = work.get();
            if (session != null) {
                flash.put(CHANGE, made);
            }
            flash.put(SAID, done);
        } catch (Refused refused) {
            flash.put(PROBLEM, words(session).of(refused));
        } catch (Stale stale) {
            flash.put(PROBLEM, Notices.text("roster.day.stale"));
        } catch (Invalid invalid) {
            flash.put(PROBLEM, String.valueOf(invalid.getMessage()));
        }
        return address();
    }

    private static RefusalTexts words(@Nullable SessionView session) {
        Locale locale = FacesContext.getCurrentInstance().getViewRoot().getLocale();
        return session == null
                ? RefusalTexts.in(locale)
                : RefusalTexts.in(locale, session.slot().start(), session.site().zone());
    }

    private String address() {
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

    /** The session that runs, or the first that has not begun; null once the day is over. */
    public @Nullable SessionView getNext() {
        RosterDay read = day;
        Instant now = clock.instant();
        return read == null
                ? null
                : read.sessions().stream()
                        .filter(s -> s.slot().end().isAfter(now))
                        .findFirst()
                        .filter(s -> Duration.between(now, s.slot().start()).toHours() < 18)
                        .orElse(null);
    }

    /** The sessions of the day but for the one that is pinned. */
    public List<SessionView> getOthers() {
        RosterDay read = day;
        SessionView next = getNext();
        return read == null
                ? List.of()
                : read.sessions().stream().filter(s -> !s.equals(next)).toList();
    }

    /** "now", "in 12 min", "in 2 h 5 min". */
    public String until(SessionView session) {
        long minutes =
                (Duration.between(clock.instant(), session.slot().start()).toSeconds() + 59) / 60;
        if (minutes <= 0) {
            return Notices.text("roster.day.now");
        }
        return minutes < 60
                ? Notices.text("roster.day.inMinutes", minutes)
                : Notices.text("roster.day.inHours", minutes / 60, minutes % 60);
    }

    /** Whether attendance can be marked: the session has begun, and it is the user's to mark. */
    public boolean isMarkable(SessionView session) {
        return Attendance.mayMark(signedIn.actor(), session)
                && !clock.instant().isBefore(session.slot().start());
    }

    /** Whether an arrival can be told: it is the day, and not begun. */
    public boolean isAwaited(SessionView session) {
        LocalDate today = clock.instant().atZone(session.site().zone()).toLocalDate();
        return Attendance.mayCheckIn(signedIn.actor(), session)
                && !isMarkable(session)
                && !session.slot()
                        .start()
                        .atZone(session.site().zone())
                        .toLocalDate()
                        .isAfter(today);
    }

    public List<Integer> getLateChoices() {
        return List.of(5, 10, 15, 20, 30);
    }

    /** The name, or its initials where screens are discreet. */
    public String name(Attendee who, boolean discreet) {
        return discreet
                ? Arrays.stream(who.name().split(" "))
                        .filter(part -> !part.isEmpty())
                        .map(part -> part.substring(0, part.offsetByCodePoints(0, 1)) + ".")
                        .collect(Collectors.joining(" "))
                : who.name();
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
        RosterDay read = day;
        return read == null ? "" : roster.stamp(signedIn.actor(), read.therapistId(), read.date());
    }

    public String getSaid() {
        return said;
    }

    public String getProblem() {
        return problem;
    }

    public boolean isUndoable() {
        return change != null;
    }

    public int getUndoSeconds() {
        return settings.undoSeconds();
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
