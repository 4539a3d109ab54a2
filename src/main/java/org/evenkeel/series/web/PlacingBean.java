package org.evenkeel.series.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.patient.web.ShownName;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.series.Enrolments;
import org.evenkeel.series.Waitlist;
import org.evenkeel.series.WaitlistRow;
import org.evenkeel.session.Refusal;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.shared.Invalid;
import org.jspecify.annotations.Nullable;

/**
 * Gives one who waits a seat in their group; where dates stand against it, tells which, and places them without these, or asks for
 * the reason that would get past it.
 */
@Named("placing")
@ViewScoped
public class PlacingBean implements Serializable {
    private static final long serialVersionUID = 1L;

    private transient Waitlist waitlist;
    private transient SignedIn signedIn;

    private @Nullable WaitlistRow row;
    private LocalDate from = LocalDate.MIN;
    private List<EnrolBean.Line> obstacles = List.of();
    private boolean partly;
    private String next = "";
    private String reason = "";
    private boolean reasonAsked;

    @SuppressWarnings("NullAway.Init")
    protected PlacingBean() {}

    @Inject
    public PlacingBean(Waitlist waitlist, SignedIn signedIn) {
        this.waitlist = waitlist;
        this.signedIn = signedIn;
    }

    /**
     * Places them from their first day on, but not before today.
     *
     * @param where to go then
     * @return null: something stands against it
     */
    @Nullable
    String place(WaitlistRow who, LocalDate today, String where) {
        row = who;
        from = who.from().isBefore(today) ? today : who.from();
        next = where;
        reason = "";
        return attempt(Set.of());
    }

    /** Places them with the reason that was asked for. */
    public @Nullable String placeAnyway() {
        return attempt(Set.of());
    }

    /** Places them without the dates that were told. */
    public @Nullable String placeWithout() {
        return attempt(obstacles.stream().map(EnrolBean.Line::sessionId).collect(Collectors.toSet()));
    }

    private @Nullable String attempt(Set<Long> without) {
        WaitlistRow who = row;
        if (who == null) {
            return null;
        }
        obstacles = List.of();
        partly = false;
        reasonAsked = false;
        try {
            RuleOverride override = EnrolBean.override(signedIn.actor(), reason);
            Waitlist.Attempt attempt = waitlist.attempt(signedIn.actor(), who.id(), from, override);
            askIfItHelps(attempt.obstacles().stream().map(Enrolments.Obstacle::refusal));
            partly = attempt.isPartly();
            obstacles = EnrolBean.lines(attempt.obstacles());
            boolean clear = attempt.obstacles().stream().allMatch(o -> without.contains(o.sessionId()));
            if (clear) {
                waitlist.place(signedIn.actor(), who.id(), from, without, override);
                Notices.done("waitlist.placed", ShownName.of(who.patient()));
                return next;
            }
        } catch (Refused e) {
            askIfItHelps(e.refusals().stream());
            Told.beside("", e);
        } catch (Invalid e) {
            Notices.wrong("", Notices.text(e));
        }
        return null;
    }

    private void askIfItHelps(Stream<Refusal> refusals) {
        Set<Rule> yielding = EnrolBean.yielding(signedIn.actor());
        reasonAsked = refusals.anyMatch(refusal -> yielding.contains(refusal.rule()));
    }

    /** Whether a reason would get past what stands against it: a closed group, a date past its cut-off, or a full one for the lead. */
    public boolean isReasonAsked() {
        return reasonAsked;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason == null ? "" : reason;
    }

    /** Who is to be placed; null: nobody. */
    public @Nullable WaitlistRow getRow() {
        return row;
    }

    /** What stands against it, date by date. */
    public List<EnrolBean.Line> getObstacles() {
        return obstacles;
    }

    /** Whether some dates are left without those that were told. */
    public boolean isPartly() {
        return partly;
    }
}
