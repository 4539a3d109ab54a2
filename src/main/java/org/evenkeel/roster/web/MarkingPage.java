package org.evenkeel.roster.web;

import jakarta.faces.context.FacesContext;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.evenkeel.identity.Settings;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.session.Attendance;
import org.evenkeel.session.Booking;
import org.evenkeel.session.Change;
import org.evenkeel.session.RefusalTexts;
import org.evenkeel.session.Refused;
import org.evenkeel.session.SessionView;
import org.evenkeel.session.SessionView.Attendee;
import org.evenkeel.session.web.LastChange;
import org.evenkeel.session.web.ShownRefusals;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Stale;
import org.jspecify.annotations.Nullable;

/**
 * A page on which arrival and attendance are marked. Each mark is a plain POST that leads back to the page, which then offers to take
 * it back; a small script does the same without leaving the page.
 */
public abstract class MarkingPage implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String CHANGE = "org.evenkeel.roster.change";
    private static final String SAID = "org.evenkeel.roster.said";
    private static final String PROBLEM = "org.evenkeel.roster.problem";

    private final transient Attendance attendance;
    private final transient Booking booking;
    private final transient Settings settings;
    private final transient SignedIn signedIn;
    private final transient LastChange last;
    private final transient Clock clock;

    private Instant readAt = Instant.EPOCH;
    private String said = "";
    private String problem = "";
    private transient @Nullable Change change;

    protected MarkingPage(
            Attendance attendance,
            Booking booking,
            Settings settings,
            SignedIn signedIn,
            LastChange last,
            Clock clock) {
        this.attendance = attendance;
        this.booking = booking;
        this.settings = settings;
        this.signedIn = signedIn;
        this.last = last;
        this.clock = clock;
    }

    /** Where the page is, to come back to. */
    protected abstract String address();

    /** Begins to read what the page shows. */
    protected void beginReading() {
        readAt = clock.instant();
    }

    /**
     * When the page was read. What it shows and which buttons it has goes by this and not by the clock, also while a tap is decoded: so a tap
     * is for whom it was shown for.
     */
    protected Instant readAt() {
        return readAt;
    }

    /** Takes up what the last request has left to be said. */
    protected void takeUp() {
        Map<String, Object> flash = flash();
        change = (Change) flash.get(CHANGE);
        said = flash.get(SAID) instanceof String text ? text : "";
        problem = flash.get(PROBLEM) instanceof String text ? text : "";
    }

    /** What was said before is of no interest any more. */
    protected void hush() {
        said = "";
        problem = "";
        change = null;
    }

    private static Map<String, Object> flash() {
        return FacesContext.getCurrentInstance().getExternalContext().getFlash();
    }

    // --- marking ----------------------------------------------------------------------------------------------------

    /** The patient has arrived. */
    public String arrive(SessionView session, Attendee who) {
        return mark(
                "CHECKED_IN",
                session,
                () -> attendance.arrive(signedIn.actor(), session.id(), session.version(), who.id()));
    }

    /** The patient took part until the end; {@code late} minutes late. */
    public String attend(SessionView session, Attendee who, int late) {
        return mark(
                late == 0 ? "ATTENDED" : "LATE",
                session,
                () -> attendance.attend(signedIn.actor(), session.id(), session.version(), who.id(), late, null));
    }

    /** Everyone took part of whom nothing is marked yet. */
    public String attendAll(SessionView session) {
        return mark("ALL", session, () -> attendance.attendAll(signedIn.actor(), session.id(), session.version()));
    }

    /** The patient did not come. */
    public String miss(SessionView session, Attendee who) {
        return mark(
                "NO_SHOW", session, () -> attendance.miss(signedIn.actor(), session.id(), session.version(), who.id()));
    }

    /** The patient did not come, and is excused. */
    public String excuse(SessionView session, Attendee who) {
        return mark(
                "EXCUSED",
                session,
                () -> attendance.excuse(signedIn.actor(), session.id(), session.version(), who.id()));
    }

    /** Neither is known after all. */
    public String clear(SessionView session, Attendee who) {
        return mark(
                "BOOKED", session, () -> attendance.clear(signedIn.actor(), session.id(), session.version(), who.id()));
    }

    /** Takes the mark back that was just made, or says why it cannot be. */
    public String undo() {
        Change made = change;
        if (made == null) {
            flash().put(PROBLEM, Notices.text("undo.none.page"));
            return address();
        }
        return attempt(
                () -> {
                    Change undone = booking.undo(signedIn.actor(), made);
                    last.takenBack(made);
                    return undone;
                },
                null,
                Notices.text("roster.day.undone"));
    }

    protected String mark(String mark, SessionView session, Supplier<Change> work) {
        String time = Formats.clock(session.slot().start(), session.site().zone());
        return attempt(work, session, time + ": " + Notices.text("roster.day.done." + mark));
    }

    private String attempt(Supplier<Change> work, @Nullable SessionView session, String done) {
        Map<String, Object> flash = flash();
        try {
            Change made = work.get();
            if (session != null) {
                last.remember(made);
                flash.put(CHANGE, made);
            }
            flash.put(SAID, done);
        } catch (Refused refused) {
            flash.put(PROBLEM, words(session).of(ShownRefusals.of(refused)));
        } catch (Stale stale) {
            flash.put(PROBLEM, Notices.text(session == null ? "session.panel.undoStale" : "roster.day.stale"));
        } catch (Invalid invalid) {
            flash.put(PROBLEM, Notices.text(invalid));
        }
        return address();
    }

    private static RefusalTexts words(@Nullable SessionView session) {
        Locale locale = FacesContext.getCurrentInstance().getViewRoot().getLocale();
        return session == null
                ? RefusalTexts.in(locale)
                : RefusalTexts.in(locale, session.slot().start(), session.site().zone());
    }

    // --- what the page shows ----------------------------------------------------------------------------------------

    /** Whether attendance can be marked: the session has begun, and it is the user's to mark. */
    public boolean isMarkable(SessionView session) {
        return session.isLive()
                && Attendance.mayMark(signedIn.actor(), session)
                && !readAt.isBefore(session.slot().start());
    }

    /** Whether an arrival can be told: the day has come, and attendance cannot be marked. */
    public boolean isAwaited(SessionView session) {
        LocalDate today = readAt.atZone(session.site().zone()).toLocalDate();
        return session.isLive()
                && Attendance.mayCheckIn(signedIn.actor(), session)
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
}
