package org.evenkeel.series.web;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.patient.PatientRow;
import org.evenkeel.patient.web.ShownName;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.series.Enrolments;
import org.evenkeel.series.Enrolments.Obstacle;
import org.evenkeel.series.Enrolments.Wish;
import org.evenkeel.series.GroupView.Member;
import org.evenkeel.series.Waitlist;
import org.evenkeel.series.WaitlistWish;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.shared.Invalid;
import org.jspecify.annotations.Nullable;

/** Enrols the next one into the group that is shown; tells date by date what stands against it, and the ways out. */
@Named("enrol")
@ViewScoped
public class EnrolBean implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int ROUTINE = 3;

    private transient Enrolments enrolments;
    private transient Waitlist waitlist;
    private transient PatientField patientField;
    private transient SignedIn signedIn;
    private transient GroupPageBean page;

    private String patient = "";
    private @Nullable LocalDate from;
    private String reason = "";
    private List<Line> obstacles = List.of();
    private final Set<Long> without = new HashSet<>();
    private boolean full;
    private boolean closed;
    private boolean late;

    /** A date that the patient cannot come to, in words. */
    public record Line(long sessionId, String date, String why, boolean seat) implements Serializable {}

    @SuppressWarnings("NullAway.Init")
    protected EnrolBean() {}

    @Inject
    public EnrolBean(
            Enrolments enrolments,
            Waitlist waitlist,
            PatientField patientField,
            SignedIn signedIn,
            GroupPageBean page) {
        this.enrolments = enrolments;
        this.waitlist = waitlist;
        this.patientField = patientField;
        this.signedIn = signedIn;
        this.page = page;
    }

    /** Enrols who was typed, if nothing stands against it. */
    public @Nullable String enrol() {
        without.clear();
        return attempt();
    }

    /** Leaves out the dates that were told. */
    public @Nullable String enrolWithout() {
        obstacles.forEach(line -> without.add(line.sessionId()));
        return attempt();
    }

    /** The one who has left comes back, from today on. */
    public @Nullable String readmit(Member former) {
        patient = ShownName.of(former.name()) + ", " + former.recordNumber();
        from = page.today();
        return enrol();
    }

    private @Nullable String attempt() {
        obstacles = List.of();
        full = false;
        late = false;
        try {
            PatientRow who = patientField.meant("newcomer", patient);
            Wish wish = new Wish(who.id(), getFrom(), without, override());
            List<Obstacle> found = enrolments.obstacles(signedIn.actor(), page.existing(), wish);
            if (found.isEmpty()) {
                enrolments.enrol(signedIn.actor(), page.existing(), wish);
                Notices.done("group.view.enrolled", ShownName.of(who.displayName()));
                focus("newcomer");
                return page.here();
            }
            show(found);
        } catch (Invalid e) {
            Notices.wrong(e.field().equals("from") ? "newFrom" : "newcomer", Notices.text(e));
        } catch (Refused e) {
            closed = e.refusals().stream().anyMatch(r -> r.rule() == Rule.GROUP_CLOSED);
            late = e.refusals().stream().anyMatch(r -> r.rule() == Rule.ENROLMENT_CLOSED);
            Told.beside("newcomer", e);
        }
        return null;
    }

    private RuleOverride override() {
        return override(signedIn.actor(), reason);
    }

    static RuleOverride override(Actor actor, String reason) {
        return reason.isBlank() ? RuleOverride.NONE : new RuleOverride(yielding(actor), reason);
    }

    /** What a reason gets past: a closed group, a date past its cut-off and, for the lead, a full one. */
    static Set<Rule> yielding(Actor actor) {
        Set<Rule> rules = EnumSet.of(Rule.GROUP_CLOSED, Rule.ENROLMENT_CLOSED);
        if (actor.has(Role.LEAD)) {
            rules.add(Rule.SEAT_TAKEN);
        }
        return rules;
    }

    private void show(List<Obstacle> found) {
        obstacles = lines(found);
        full = obstacles.stream().anyMatch(Line::seat);
        late = found.stream().anyMatch(o -> o.refusal().rule() == Rule.ENROLMENT_CLOSED);
    }

    /** A line for each. */
    static List<Line> lines(List<Obstacle> found) {
        return found.stream()
                .map(o -> new Line(
                        o.sessionId(),
                        Formats.moment(o.slot().start(), o.zone()),
                        String.join(" ", Told.of(List.of(o.refusal()), o.slot().start(), o.zone())),
                        o.refusal().rule() == Rule.SEAT_TAKEN))
                .toList();
    }

    /** Lets who was typed wait for a seat. */
    public @Nullable String joinWaitlist() {
        try {
            PatientRow who = patientField.meant("newcomer", patient);
            waitlist.add(signedIn.actor(), WaitlistWish.seat(who.id(), page.existing(), getFrom(), ROUTINE));
            Notices.done("group.view.waits", ShownName.of(who.displayName()));
            focus("newcomer");
            return page.here();
        } catch (Invalid e) {
            Notices.wrong("newcomer", Notices.text(e));
        } catch (Refused e) {
            Told.beside("newcomer", e);
        }
        return null;
    }

    /** Where the focus goes on the page that follows. */
    static void focus(String field) {
        FacesContext.getCurrentInstance().getExternalContext().getFlash().put("focus", field);
    }

    public List<Line> getObstacles() {
        return obstacles;
    }

    /** Whether seats are what is missing. */
    public boolean isFull() {
        return full;
    }

    /** Whether some dates are left without those that were told. */
    public boolean isPartly() {
        long ahead = page.getUpcoming().stream().filter(d -> d.isLive()).count();
        return !obstacles.isEmpty() && obstacles.size() + without.size() < ahead;
    }

    /** Whether a reason would get past it: a closed group, a date past its cut-off, or a full one for the lead. */
    public boolean isReasonAsked() {
        return closed || late || full && signedIn.actor().has(Role.LEAD);
    }

    public boolean isMayWait() {
        return signedIn.actor().hasAny(Role.DESK, Role.LEAD);
    }

    public String getPatient() {
        return patient;
    }

    public void setPatient(@Nullable String patient) {
        this.patient = patient == null ? "" : patient;
    }

    public LocalDate getFrom() {
        LocalDate typed = from;
        return typed == null ? page.today() : typed;
    }

    public void setFrom(@Nullable LocalDate from) {
        this.from = from;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason == null ? "" : reason;
    }
}
