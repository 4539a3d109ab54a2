package org.evenkeel.series.web;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.series.AttendanceGrid;
import org.evenkeel.series.GroupView;
import org.evenkeel.series.GroupView.Date;
import org.evenkeel.series.GroupView.Member;
import org.evenkeel.series.Groups;
import org.evenkeel.series.SeriesChanges;
import org.evenkeel.series.Waitlist;
import org.evenkeel.series.WaitlistRow;
import org.evenkeel.session.Refused;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.jspecify.annotations.Nullable;

/** The page of a series: what it is, its seats, members, dates, who waits, and attendance. */
@Named("groupPage")
@ViewScoped
public class GroupPageBean implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MOST_WAITING = 100;

    private transient Groups groups;
    private transient Waitlist waitlist;
    private transient SeriesChanges changes;
    private transient SignedIn signedIn;
    private transient Clock clock;

    private @Nullable Long id;
    private @Nullable Long member;
    private @Nullable Long date;
    private @Nullable Integer attendance;
    private @Nullable GroupView group;
    private @Nullable AttendanceGrid grid;
    private boolean freed;
    private List<WaitlistRow> waiting = List.of();
    private @Nullable WaitlistRow offered;

    @SuppressWarnings("NullAway.Init")
    protected GroupPageBean() {}

    @Inject
    public GroupPageBean(Groups groups, Waitlist waitlist, SeriesChanges changes, SignedIn signedIn, Clock clock) {
        this.groups = groups;
        this.waitlist = waitlist;
        this.changes = changes;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    public void open() {
        Actor actor = signedIn.actor();
        GroupView read = groups.find(actor, "group/view", existing());
        group = read;
        waiting = actor.hasAny(Role.DESK, Role.LEAD)
                ? waitlist.list(actor, existing(), 0, MOST_WAITING).items()
                : List.of();
        grid = AttendanceGrid.of(groups.whole(actor, "group/view", read), attendance, clock.instant());
        // Kept for the view: what is shown must still be there when its button is pressed.
        freed |= "freed"
                .equals(FacesContext.getCurrentInstance()
                        .getExternalContext()
                        .getFlash()
                        .get("focus"));
        offered = readOffered();
    }

    private @Nullable WaitlistRow readOffered() {
        Date chosen = getChosenDate();
        boolean free = chosen == null ? freed : chosen.free() > 0;
        if (waiting.isEmpty() || !free) {
            return null;
        }
        Long first = waitlist.first(signedIn.actor(), existing(), chosen == null ? null : chosen.sessionId())
                .orElse(null);
        return waiting.stream()
                .filter(row -> first != null && row.id() == first)
                .findFirst()
                .orElse(null);
    }

    /**
     * Whoever waits first for the group, and can take its free seat: of the date that is shown, otherwise the one that has just been
     * given back; null: nobody.
     */
    public @Nullable WaitlistRow getOffered() {
        return offered;
    }

    /** Adds as many dates at the end as are missing of those that are to be held. */
    public @Nullable String addMissing() {
        try {
            Notices.done("group.view.addedMissing", changes.addMissing(signedIn.actor(), existing()));
            return here();
        } catch (Invalid e) {
            Notices.wrong("", Notices.text(e));
        } catch (Refused e) {
            Told.beside("", e);
        }
        return null;
    }

    /** Whether a seat has just been given back, so that who waits first is offered it. */
    public boolean isFreed() {
        return freed;
    }

    long existing() {
        if (id == null) {
            throw new NotFound("series", "");
        }
        return id;
    }

    GroupView group() {
        GroupView read = group;
        if (read == null) {
            throw new NotFound("series", existing());
        }
        return read;
    }

    /** The day at its site. */
    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), group().zone());
    }

    /** Back here, to look at it anew. */
    String here() {
        return "/group/view?faces-redirect=true&id=" + existing();
    }

    /** Whether the user may enrol, cancel and change: the desk, the lead, and who leads it. */
    public boolean isChangeable() {
        Actor actor = signedIn.actor();
        return actor.hasAny(Role.DESK, Role.LEAD)
                || actor.isTherapist(group().therapist().id());
    }

    /** Whether the user leads or facilitates some of its dates alone, and sees no others. */
    public boolean isInPart() {
        return !Groups.seesAll(signedIn.actor(), group());
    }

    public @Nullable GroupView getGroup() {
        return group;
    }

    /** The next date; null: none is left. */
    public @Nullable Date getNext() {
        return group().next(clock.instant()).orElse(null);
    }

    public List<WaitlistRow> getWaiting() {
        return waiting;
    }

    /** Who is enrolled now or from a later day on. */
    public List<Member> getMembers() {
        return group().members().stream()
                .filter(m -> m.to() == null || !m.to().isBefore(today()))
                .toList();
    }

    /** Who has left. */
    public List<Member> getFormer() {
        return group().members().stream()
                .filter(m -> m.to() != null && m.to().isBefore(today()))
                .toList();
    }

    /** Dates that are not over, cancelled ones too. */
    public List<Date> getUpcoming() {
        Instant now = clock.instant();
        return group().dates().stream().filter(d -> d.slot().end().isAfter(now)).toList();
    }

    /** Dates that are over, the latest first. */
    public List<Date> getPast() {
        Instant now = clock.instant();
        return group().dates().stream()
                .filter(d -> !d.slot().end().isAfter(now))
                .sorted((a, b) -> b.slot().start().compareTo(a.slot().start()))
                .toList();
    }

    /** The member that the address asks for; null: none. */
    public @Nullable Member getChosenMember() {
        return member == null ? null : group().member(member);
    }

    /** The date that the address asks for, unless it has begun or was cancelled; null: none. */
    public @Nullable Date getChosenDate() {
        return group().dates().stream()
                .filter(d -> date != null && d.sessionId() == date)
                .filter(d -> d.isLive() && d.slot().start().isAfter(clock.instant()))
                .findFirst()
                .orElse(null);
    }

    /** Who has a seat on the chosen date. */
    public List<AttendanceGrid.Row> getComing() {
        Date chosen = getChosenDate();
        return chosen == null
                ? List.of()
                : AttendanceGrid.of(group(), 1, clock.instant()).rows().stream()
                        .filter(row -> {
                            GroupView.Mark mark = group().mark(row.patientId(), chosen.sessionId());
                            return mark != null && mark.state().isLive();
                        })
                        .toList();
    }

    public @Nullable AttendanceGrid getGrid() {
        return grid;
    }

    public @Nullable Long getId() {
        return id;
    }

    public void setId(@Nullable Long id) {
        this.id = id;
    }

    public @Nullable Long getMember() {
        return member;
    }

    public void setMember(@Nullable Long member) {
        this.member = member;
    }

    public @Nullable Long getDate() {
        return date;
    }

    public void setDate(@Nullable Long date) {
        this.date = date;
    }

    /** The page of the attendance; null: the one with the latest date. */
    public @Nullable Integer getAttendance() {
        return attendance;
    }

    public void setAttendance(@Nullable Integer attendance) {
        this.attendance = attendance;
    }
}
