package org.evenkeel.board.web;

import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseId;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.evenkeel.board.DayBoard;
import org.evenkeel.board.DayBoards;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.session.Booking;
import org.evenkeel.session.Change;
import org.evenkeel.session.ChangeSession;
import org.evenkeel.session.RefusalTexts;
import org.evenkeel.session.web.LastChange;
import org.evenkeel.shared.NotFound;
import org.jspecify.annotations.Nullable;

/** The board page: which day is shown, and what its events do. The address carries the state. */
@Named
@ViewScoped
public class BoardBean implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient SignedIn signedIn;
    private final transient DayBoards boards;
    private final transient Booking booking;
    private final transient BoardEvent event;
    private final transient BoardReply reply;
    private final transient LastChange last;
    private final transient LastSite lastSite;

    private @Nullable String date;
    private @Nullable String site;
    private @Nullable String team;
    /** What an address without a date or a site has come to mean: it stays so, also past midnight. */
    private @Nullable LocalDate shownDate;

    private @Nullable Long shownSite;
    private transient @Nullable DayBoard day;

    @Inject
    public BoardBean(
            SignedIn signedIn,
            DayBoards boards,
            Booking booking,
            BoardEvent event,
            BoardReply reply,
            LastChange last,
            LastSite lastSite) {
        this.signedIn = signedIn;
        this.boards = boards;
        this.booking = booking;
        this.event = event;
        this.reply = reply;
        this.last = last;
        this.lastSite = lastSite;
    }

    @SuppressWarnings("NullAway")
    protected BoardBean() {
        this(null, null, null, null, null, null, null);
    }

    /** Where there is no site yet there is no board: sites are made first. */
    public @Nullable String open() {
        return site != null || boards.hasSites() ? null : "/site/list?faces-redirect=true";
    }

    /**
     * What the page shows. It is read once in each rendering; before that, as it was last shown, so that asking what is rendered
     * costs nothing and is no view of anybody.
     */
    public DayBoard getDay() {
        FacesContext faces = FacesContext.getCurrentInstance();
        boolean rendering = PhaseId.RENDER_RESPONSE.equals(faces.getCurrentPhaseId());
        boolean first = rendering && faces.getAttributes().putIfAbsent(BoardBean.class, true) == null;
        DayBoard read = day;
        if (read == null || first) {
            read = read();
            day = read;
        }
        return read;
    }

    private DayBoard read() {
        Long asked = number(site);
        DayBoard read = shownSite == null && asked == null ? first() : load(asked == null ? shownSite : asked);
        shownDate = read.date();
        shownSite = read.site().id();
        if (asked != null) {
            lastSite.remember(asked);
        }
        return read;
    }

    /** Of the site that was looked at last, if there still is one. */
    private DayBoard first() {
        try {
            return load(lastSite.id());
        } catch (NotFound e) {
            return load(null);
        }
    }

    private DayBoard load(@Nullable Long siteId) {
        LocalDate asked = parse(date);
        return boards.load(
                signedIn.actor(),
                siteId,
                asked == null ? shownDate : asked,
                Objects.requireNonNullElse(number(team), 1L).intValue());
    }

    /** Moves the session of the event. */
    public void move() {
        ZoneId zone = getDay().site().zone();
        reply.to(RefusalTexts.in(locale(), event.getStart(), zone), () -> {
            Change change = booking.change(
                    signedIn.actor(),
                    event.getSessionId(),
                    event.getVersion(),
                    ChangeSession.move(event.getStart(), event.getTherapistId(), event.getOverride()));
            int number = last.remember(change);
            String time = Formats.clock(event.getStart(), zone, locale());
            String therapist = therapist(event.getTherapistId());
            if (therapist.isEmpty()) {
                reply.sayUndoable(number, "board.done.movedInTime", time);
            } else {
                reply.sayUndoable(number, "board.done.moved", time, therapist);
            }
        });
    }

    private static Locale locale() {
        return FacesContext.getCurrentInstance().getViewRoot().getLocale();
    }

    /** Shows what other desks have changed. */
    public void refresh() {
        // Rendering reads anew.
    }

    /** How many zones the sites have. */
    public long getZones() {
        return getDay().sites().stream().map(DayBoard.Place::zone).distinct().count();
    }

    public List<Integer> getTeams() {
        return IntStream.rangeClosed(1, getDay().teams()).boxed().toList();
    }

    /** A therapist of those who are shown; nothing of one of another team. */
    public String therapist(long id) {
        return getDay().columns().stream()
                .filter(column -> column.therapistId() == id)
                .map(DayBoard.Column::therapist)
                .findFirst()
                .orElse("");
    }

    /** The same board so many days later. */
    public String address(int days) {
        return address(getDay().date().plusDays(days), getDay().team());
    }

    public String getTodayAddress() {
        return "board?site=" + getDay().site().id();
    }

    public String teamAddress(int number) {
        return address(getDay().date(), number);
    }

    public @Nullable String getNextWorkingAddress() {
        LocalDate next = getDay().nextWorkingDay();
        return next == null ? null : address(next, 1);
    }

    /** The paper of the same day; a therapist's is of all sites, as they have it nowhere else. */
    public String getSheetAddress() {
        String address = "roster/sheet?date=" + getDay().date();
        boolean anyones = signedIn.actor().hasAny(Role.DESK, Role.LEAD);
        return anyones ? address + "&site=" + getDay().site().id() : address;
    }

    private String address(LocalDate shown, int teamNumber) {
        String address = "board?date=" + shown + "&site=" + getDay().site().id();
        return teamNumber > 1 ? address + "&team=" + teamNumber : address;
    }

    public @Nullable String getDate() {
        return date;
    }

    public void setDate(@Nullable String date) {
        this.date = date;
    }

    public @Nullable String getSite() {
        return site;
    }

    public void setSite(@Nullable String site) {
        this.site = site;
    }

    public @Nullable String getTeam() {
        return team;
    }

    public void setTeam(@Nullable String team) {
        this.team = team;
    }

    private static @Nullable LocalDate parse(@Nullable String text) {
        try {
            LocalDate parsed = text == null || text.isBlank() ? null : LocalDate.parse(text);
            return parsed != null && Math.abs(parsed.getYear() - 2000) < 200 ? parsed : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static @Nullable Long number(@Nullable String text) {
        try {
            return text == null || text.isBlank() ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
