package org.evenkeel.series.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.patient.PatientRow;
import org.evenkeel.patient.web.ShownName;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.series.AttendanceGrid;
import org.evenkeel.series.Cancellation;
import org.evenkeel.series.CancellationPlan;
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
import org.evenkeel.shared.Stale;
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
    private boolean closed;
    private Scope scope = Scope.THIS;
    private String reason = "";
    private @Nullable Boolean extend;
    private final Map<Long, Boolean> byHand = new HashMap<>();
    private @Nullable Cancellation shown;
    private @Nullable Plan plan;

    /**
     * What cancelling several dates will do, in words.
     *
     * @param dates those that go
     * @param kept those that were changed by hand, and go only if they are ticked
     * @param people who comes to what goes, by name
     * @param added at the end
     */
    public record Plan(List<String> dates, List<Line> kept, String people, int waiting, List<Line> added)
            implements Serializable {}

    /** A date, and what speaks against it. */
    public record Line(long sessionId, String date, List<String> why) implements Serializable {}

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
            RuleOverride override = EnrolBean.override(signedIn.actor(), guestReason);
            enrolments.addGuest(signedIn.actor(), date().sessionId(), who.id(), override);
            Notices.done("group.view.guestAdded", ShownName.of(who.displayName()));
            EnrolBean.focus("guest");
            return here();
        } catch (Invalid e) {
            Notices.wrong("guest", Notices.text(e));
        } catch (Refused e) {
            full = e.refusals().stream().anyMatch(r -> r.rule() == Rule.SEAT_TAKEN);
            closed = e.refusals().stream()
                    .anyMatch(r -> r.rule() == Rule.GROUP_CLOSED || r.rule() == Rule.ENROLMENT_CLOSED);
            Told.beside("guest", e);
        }
        return null;
    }

    /**
     * Gives the free seat of this date to one who waits, this once: they go on waiting (acceptance case A24). Refused, they stand in the
     * field, with the reason that it takes.
     */
    public @Nullable String bring(WaitlistRow row) {
        guest = ShownName.of(row.patient()) + ", " + row.recordNumber();
        guestReason = "";
        return addGuest();
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

    /** Cancels; several dates only after it was shown what that will do. */
    public @Nullable String cancel() {
        try {
            Map<Long, Long> versions = Map.of(date().sessionId(), date().version());
            if (scope != Scope.THIS) {
                Cancellation asked = shown;
                Plan told = plan;
                versions = show(wish()).versions();
                if (!wish().equals(asked) || !Objects.equals(plan, told)) {
                    if (asked != null) {
                        Notices.again("group.view.cancelAgain");
                    }
                    return null;
                }
            }
            List<Long> gone = changes.cancel(signedIn.actor(), date().sessionId(), wish(reason, versions));
            Notices.done("group.view.cancelled", gone.size());
            return page.here();
        } catch (Stale e) {
            page.open();
            shown = null;
            plan = null;
            Notices.again("group.view.cancelAgain");
        } catch (Invalid e) {
            Notices.wrong(e.field().equals("extend") ? "extend" : "cancelReason", Notices.text(e));
        } catch (Refused e) {
            Told.beside("cancelReason", e);
        }
        return null;
    }

    /** Shows what cancelling would do. */
    public void look() {
        try {
            show(wish());
        } catch (Invalid e) {
            Notices.wrong("extend", Notices.text(e));
        }
    }

    private CancellationPlan show(Cancellation wish) {
        CancellationPlan found = changes.previewCancel(signedIn.actor(), date().sessionId(), wish);
        ZoneId zone = found.zone();
        plan = new Plan(
                found.going().stream()
                        .map(d -> Formats.moment(d.slot().start(), zone))
                        .toList(),
                found.byHand().stream()
                        .map(d ->
                                new Line(d.sessionId(), Formats.moment(d.slot().start(), zone), List.of()))
                        .toList(),
                found.people().stream().map(p -> ShownName.of(p.name())).collect(Collectors.joining(", ")),
                found.waiting(),
                found.added().stream()
                        .map(d -> new Line(
                                0,
                                Formats.moment(d.slot().start(), zone),
                                Told.of(d.refusals(), d.slot().start(), zone)))
                        .toList());
        found.byHand().forEach(d -> byHand.putIfAbsent(d.sessionId(), false));
        shown = wish;
        return found;
    }

    /** As it is chosen now, without the reason. */
    private Cancellation wish() {
        return wish("", Map.of());
    }

    private Cancellation wish(String because, Map<Long, Long> versions) {
        return new Cancellation(
                scope,
                because,
                isExtend(),
                byHand.entrySet().stream()
                        .filter(Map.Entry::getValue)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()),
                versions);
    }

    /** What was shown of cancelling several dates; null: nothing yet. */
    public @Nullable Plan getPlan() {
        return plan;
    }

    /** Which of those that were changed by hand go too. */
    public Map<Long, Boolean> getByHand() {
        return byHand;
    }

    private String here() {
        return page.here() + "&date=" + date().sessionId();
    }

    public List<Scope> getScopes() {
        return List.of(Scope.values());
    }

    /** Whether a reason would get past it: a closed group, a date past its cut-off, or a full one for the lead. */
    public boolean isReasonAsked() {
        return closed || full && signedIn.actor().has(Role.LEAD);
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

    /** Whether a date is added at the end for each that is cancelled; so it is where so many are to be held, unless that is changed. */
    public boolean isExtend() {
        Boolean chosen = extend;
        GroupView group = page.getGroup();
        return chosen == null ? group != null && group.isHeld() : chosen;
    }

    public void setExtend(boolean extend) {
        this.extend = extend;
    }
}
