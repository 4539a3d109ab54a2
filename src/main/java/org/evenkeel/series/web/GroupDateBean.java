package org.evenkeel.series.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.patient.PatientRow;
import org.evenkeel.patient.web.ShownName;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.series.AttendanceGrid;
import org.evenkeel.series.Enrolments;
import org.evenkeel.series.GroupView;
import org.evenkeel.series.SeriesChange.Scope;
import org.evenkeel.series.SeriesChanges;
import org.evenkeel.series.WaitlistRow;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.jspecify.annotations.Nullable;

/** One date of a group: guests, who cannot come, and cancelling. */
@Named("groupDate")
@ViewScoped
public class GroupDateBean implements Serializable {
    private static final long serialVersionUID = 1L;

    private transient Enrolments enrolments;
    private transient SeriesChanges changes;
    private transient PatientField patientField;
    private transient SignedIn signedIn;
    private transient GroupPageBean page;

    private String guest = "";
    private String guestReason = "";
    private boolean full;
    private Scope scope = Scope.THIS;
    private String reason = "";
    private boolean extend;

    @SuppressWarnings("NullAway.Init")
    protected GroupDateBean() {}

    @Inject
    public GroupDateBean(
            Enrolments enrolments,
            SeriesChanges changes,
            PatientField patientField,
            SignedIn signedIn,
            GroupPageBean page) {
        this.enrolments = enrolments;
        this.changes = changes;
        this.patientField = patientField;
        this.signedIn = signedIn;
        this.page = page;
    }

    private GroupView.Date date() {
        GroupView.Date chosen = page.getChosenDate();
        if (chosen == null) {
            throw new NotFound("session", "");
        }
        return chosen;
    }

    /** Someone comes this once. */
    public @Nullable String addGuest() {
        try {
            PatientRow who = patientField.meant("guest", guest);
            RuleOverride override =
                    guestReason.isBlank() ? RuleOverride.NONE : new RuleOverride(Set.of(Rule.SEAT_TAKEN), guestReason);
            enrolments.addGuest(signedIn.actor(), date().sessionId(), who.id(), override);
            Notices.done("group.view.guestAdded", ShownName.of(who.displayName()));
            EnrolBean.focus("guest");
            return here();
        } catch (Invalid e) {
            Notices.wrong("guest", String.valueOf(e.getMessage()));
        } catch (Refused e) {
            full = e.refusals().stream().anyMatch(r -> r.rule() == Rule.SEAT_TAKEN);
            Told.beside("guest", e);
        }
        return null;
    }

    /**
     * Whoever waits first for the group and does not come on this date, while it has a free seat; null: nobody. They may have the seat
     * this once, and go on waiting (acceptance case A24).
     */
    public @Nullable WaitlistRow getFirstWaiting() {
        GroupView.Date chosen = page.getChosenDate();
        if (chosen == null || chosen.free() == 0) {
            return null;
        }
        Set<Long> coming =
                page.getComing().stream().map(AttendanceGrid.Row::patientId).collect(Collectors.toSet());
        return page.getWaiting().stream()
                .filter(row -> !coming.contains(row.patientId()))
                .findFirst()
                .orElse(null);
    }

    /** Gives the free seat of this date to one who waits. */
    public @Nullable String bring(WaitlistRow row) {
        try {
            enrolments.addGuest(signedIn.actor(), date().sessionId(), row.patientId(), RuleOverride.NONE);
            Notices.done("group.view.guestAdded", ShownName.of(row.patient()));
            EnrolBean.focus("guest");
            return here();
        } catch (Refused e) {
            Told.beside("", e);
            return null;
        }
    }

    /** Someone does not come this once; their seat is free. */
    public @Nullable String cancelSeat(AttendanceGrid.Row who) {
        try {
            enrolments.cancelSeat(signedIn.actor(), date().sessionId(), who.patientId());
            Notices.done("group.view.seatCancelled", ShownName.of(who.name()));
            EnrolBean.focus("bring");
            return here();
        } catch (Refused e) {
            Told.beside("", e);
            return null;
        }
    }

    public @Nullable String cancel() {
        try {
            List<Long> gone = changes.cancel(signedIn.actor(), date().sessionId(), scope, reason, extend);
            Notices.done("group.view.cancelled", gone.size());
            return page.here();
        } catch (Invalid e) {
            Notices.wrong("cancelReason", String.valueOf(e.getMessage()));
        } catch (Refused e) {
            Told.beside("cancelReason", e);
        }
        return null;
    }

    private String here() {
        return page.here() + "&date=" + date().sessionId();
    }

    public List<Scope> getScopes() {
        return List.of(Scope.values());
    }

    /** Whether the lead is asked for a reason to give a seat beyond the capacity. */
    public boolean isReasonAsked() {
        return full && signedIn.actor().has(Role.LEAD);
    }

    public String getGuest() {
        return guest;
    }

    public void setGuest(@Nullable String guest) {
        this.guest = guest == null ? "" : guest;
    }

    public String getGuestReason() {
        return guestReason;
    }

    public void setGuestReason(@Nullable String guestReason) {
        this.guestReason = guestReason == null ? "" : guestReason;
    }

    public Scope getScope() {
        return scope;
    }

    public void setScope(Scope scope) {
        this.scope = scope;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }

    /** Whether a date is added at the end for each that is cancelled. */
    public boolean isExtend() {
        return extend;
    }

    public void setExtend(boolean extend) {
        this.extend = extend;
    }
}
