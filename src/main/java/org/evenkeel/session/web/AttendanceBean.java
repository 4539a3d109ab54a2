package org.evenkeel.session.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.session.Attendance;
import org.evenkeel.session.Change;
import org.evenkeel.session.Refused;
import org.evenkeel.session.SessionView;
import org.evenkeel.session.SessionView.Attendee;
import org.evenkeel.session.SessionViews;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.Stale;

/** Arrival and attendance, from the board and from the booking panel. */
@Named
@ViewScoped
public class AttendanceBean implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient Attendance attendance;
    private final transient SessionViews views;
    private final transient BookSessionBean panel;
    private final transient LastChange last;
    private final transient PanelReply reply;
    private final transient SignedIn signedIn;
    private final transient Clock clock;

    private int late = 10;

    @Inject
    public AttendanceBean(
            Attendance attendance,
            SessionViews views,
            BookSessionBean panel,
            LastChange last,
            PanelReply reply,
            SignedIn signedIn,
            Clock clock) {
        this.attendance = attendance;
        this.views = views;
        this.panel = panel;
        this.last = last;
        this.reply = reply;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    @SuppressWarnings("NullAway")
    protected AttendanceBean() {
        this(null, null, null, null, null, null, null);
    }

    /** Checks the patient of an individual session in, as the board shows it; a group has a page for that. */
    public void checkIn(long sessionId, long version) {
        markOnly(sessionId, version, "CHECKED_IN");
    }

    /** Marks the patient of an individual session as present, as the board shows it; a group has a page for that. */
    public void attend(long sessionId, long version) {
        markOnly(sessionId, version, "ATTENDED");
    }

    /** Goes to the page of who comes to a session. */
    public void openRoster(long sessionId) {
        reply.goToRoster(sessionId);
    }

    private void markOnly(long sessionId, long version, String mark) {
        SessionView session = views.find(signedIn.actor(), "board", sessionId);
        if (session.isGroup()) {
            reply.goToRoster(sessionId);
        } else {
            session.attendee().ifPresent(who -> mark(session, version, who, mark));
        }
    }

    /** @param mark CHECKED_IN, ATTENDED, LATE, NO_SHOW, or BOOKED to take them all back */
    public void mark(SessionView session, Attendee who, String mark) {
        mark(session, session.version(), who, mark);
    }

    private void mark(SessionView session, long version, Attendee who, String mark) {
        attempt(session, mark, () -> switch (mark) {
            case "CHECKED_IN" -> attendance.arrive(signedIn.actor(), session.id(), version, who.id());
            case "ATTENDED" -> attendance.attend(signedIn.actor(), session.id(), version, who.id(), 0, null);
            case "LATE" -> attendance.attend(signedIn.actor(), session.id(), version, who.id(), late, null);
            case "NO_SHOW" -> attendance.miss(signedIn.actor(), session.id(), version, who.id());
            case "BOOKED" -> attendance.clear(signedIn.actor(), session.id(), version, who.id());
            default -> throw new IllegalArgumentException(mark);
        });
    }

    private void attempt(SessionView session, String mark, Supplier<Change> work) {
        try {
            int number = last.remember(work.get());
            panel.reread();
            reply.changed(Words.text("session.attendance.done." + mark, late), number);
        } catch (Refused refused) {
            reply.refuse(refused, clock.instant(), session.site().zone());
        } catch (NotAllowed denied) {
            reply.refuse(Words.text("session.attendance.notYours"));
        } catch (Stale stale) {
            panel.outrun();
            reply.refuse(Words.text("session.attendance.stale"));
        } catch (Invalid invalid) {
            reply.refuse(Notices.text(invalid));
        }
    }

    public boolean mayCheckIn(SessionView session) {
        return session.isLive() && Attendance.mayCheckIn(signedIn.actor(), session);
    }

    /** Whether the user may mark attendance, and the session has begun. */
    public boolean mayMark(SessionView session) {
        return session.isLive()
                && Attendance.mayMark(signedIn.actor(), session)
                && !clock.instant().isBefore(session.slot().start());
    }

    /** How late patients mostly come, in minutes. */
    public List<Integer> getLateChoices() {
        return List.of(5, 10, 15, 20, 30);
    }

    /** How late the patient came, in minutes. */
    public int getLate() {
        return late;
    }

    public void setLate(int late) {
        this.late = late;
    }
}
