package org.evenkeel.roster.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.evenkeel.identity.Settings;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.roster.Roster;
import org.evenkeel.roster.SessionRoster;
import org.evenkeel.session.Attendance;
import org.evenkeel.session.Booking;
import org.evenkeel.session.SessionView;
import org.evenkeel.session.SessionView.Attendee;
import org.evenkeel.session.web.LastChange;
import org.evenkeel.shared.NotFound;
import org.jspecify.annotations.Nullable;

/** Who comes to a session, and who came: for the desk and for its therapists. */
@Named("sessionRoster")
@ViewScoped
public class SessionRosterBean extends MarkingPage {
    private static final long serialVersionUID = 1L;

    private final transient Roster roster;
    private final transient Attendance attendance;
    private final transient SignedIn signedIn;

    private @Nullable Long id;
    private final Map<Long, Minutes> minutes = new HashMap<>();
    private transient @Nullable SessionRoster shown;
    private String stamp = "";

    /** Minutes as they are typed, with what is wrong about them. */
    public static class Minutes implements Serializable {
        private static final long serialVersionUID = 1L;

        private String late;
        private String early;
        private String wrong = "";

        Minutes(int late, int early) {
            this.late = String.valueOf(late);
            this.early = String.valueOf(early);
        }

        public String getLate() {
            return late;
        }

        public void setLate(@Nullable String late) {
            this.late = late == null ? "" : late.strip();
        }

        public String getEarly() {
            return early;
        }

        public void setEarly(@Nullable String early) {
            this.early = early == null ? "" : early.strip();
        }

        /** Empty: nothing. */
        public String getWrong() {
            return wrong;
        }
    }

    @Inject
    public SessionRosterBean(
            Roster roster,
            Attendance attendance,
            Booking booking,
            Settings settings,
            SignedIn signedIn,
            LastChange last,
            Clock clock) {
        super(attendance, booking, settings, signedIn, last, clock);
        this.roster = roster;
        this.attendance = attendance;
        this.signedIn = signedIn;
    }

    @SuppressWarnings("NullAway")
    protected SessionRosterBean() {
        this(null, null, null, null, null, null, null);
    }

    /** Reads the roster. */
    public void open() {
        if (id == null) {
            throw new NotFound("session", "");
        }
        beginReading();
        SessionRoster read = roster.session(signedIn.actor(), id);
        stamp = Roster.stampOf(id, read.session().version(), read.session().slot(), readAt());
        shown = read;
        minutes.clear();
        for (Attendee who : read.session().participants()) {
            minutes.put(who.id(), new Minutes(who.lateMinutes(), leftEarly(read.session(), who)));
        }
        takeUp();
    }

    /**
     * The patient took part, but for the minutes that are typed beside them. What cannot be meant stays as it was typed, with the
     * reason beside it.
     */
    public @Nullable String attendInPart(SessionView session, Attendee who) {
        Minutes typed = minutes.computeIfAbsent(who.id(), k -> new Minutes(0, 0));
        int length = session.slot().minutes();
        int late = number(typed.late);
        int early = number(typed.early);
        if (late < 0 || early < 0 || late + early >= length) {
            typed.wrong = Notices.text("session.roster.minutesWrong", length, length - 1);
            hush();
            return null;
        }
        typed.wrong = "";
        return mark(
                late + early == 0 ? "ATTENDED" : "PART",
                session,
                () -> attendance.attend(
                        signedIn.actor(), session.id(), session.version(), who.id(), late, length - late - early));
    }

    private static int number(String typed) {
        try {
            return typed.isEmpty() ? 0 : Math.min(Integer.parseInt(typed), 10_000);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    @Override
    protected String address() {
        return "/session/roster?faces-redirect=true&id=" + id;
    }

    // --- what the page shows ----------------------------------------------------------------------------------------

    public @Nullable SessionRoster getShown() {
        return shown;
    }

    /** The date on the wall of the site, for the board. */
    public String getDate() {
        SessionRoster read = shown;
        return read == null
                ? ""
                : read.session()
                        .slot()
                        .start()
                        .atZone(read.session().site().zone())
                        .toLocalDate()
                        .toString();
    }

    /** What is typed beside a patient. */
    public Map<Long, Minutes> getMinutes() {
        return minutes;
    }

    /** How many minutes before the end the patient left. */
    public int leftEarly(SessionView session, Attendee who) {
        Integer attended = who.attendedMinutes();
        return attended == null ? 0 : Math.max(0, session.slot().minutes() - who.lateMinutes() - attended);
    }

    /** Whether an arrival can be told of someone: also once it has begun, until attendance is marked. */
    public boolean isExpected(SessionView session, Attendee who) {
        return isAwaited(session) && !who.state().isMarked();
    }

    /** What is asked for, to learn whether anything has changed. */
    public String getStampAddress() {
        return "/myday/stamp?session=" + id;
    }

    /** What is answered while nothing has changed. */
    public String getStamp() {
        return stamp;
    }

    public @Nullable Long getId() {
        return id;
    }

    public void setId(@Nullable Long id) {
        this.id = id;
    }
}
