package org.evenkeel.series.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Set;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.patient.web.ShownName;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.series.Enrolments;
import org.evenkeel.series.Enrolments.Wish;
import org.evenkeel.series.GroupView.Member;
import org.evenkeel.session.Refused;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.jspecify.annotations.Nullable;

/** The chosen member of a group leaves it, or moves to another one. */
@Named("groupMember")
@ViewScoped
public class MemberBean implements Serializable {
    private static final long serialVersionUID = 1L;

    private transient Enrolments enrolments;
    private transient SignedIn signedIn;
    private transient GroupPageBean page;

    private @Nullable LocalDate lastDay;
    private String reason = "";
    private @Nullable Long other;
    private @Nullable LocalDate moveFrom;
    private String moveReason = "";

    @SuppressWarnings("NullAway.Init")
    protected MemberBean() {}

    @Inject
    public MemberBean(Enrolments enrolments, SignedIn signedIn, GroupPageBean page) {
        this.enrolments = enrolments;
        this.signedIn = signedIn;
        this.page = page;
    }

    private Member member() {
        Member chosen = page.getChosenMember();
        if (chosen == null) {
            throw new NotFound("enrolment", "");
        }
        return chosen;
    }

    /** Ends the enrolment; a seat is free then, and the page shows who waits for it. */
    public @Nullable String leave() {
        Member who = member();
        try {
            boolean freed = !enrolments
                    .end(signedIn.actor(), who.enrolmentId(), getLastDay(), reason)
                    .isEmpty();
            Notices.done("group.view.left", ShownName.of(who.name()));
            EnrolBean.focus(freed ? "freed" : "newcomer");
            return page.here();
        } catch (Invalid e) {
            Notices.wrong(e.field().equals("reason") ? "leaveReason" : "lastDay", Notices.text(e));
        } catch (Refused e) {
            Told.beside("lastDay", e);
        }
        return null;
    }

    /** Moves them to another group in one go. */
    public @Nullable String move() {
        Member who = member();
        Long target = other;
        try {
            if (target == null) {
                throw new Invalid("other", "group.view.otherMissing");
            }
            Wish wish = new Wish(who.patientId(), getMoveFrom(), Set.of(), RuleOverride.NONE);
            enrolments.transfer(signedIn.actor(), who.enrolmentId(), target, wish, moveReason);
            Notices.done("group.view.moved", ShownName.of(who.name()));
            EnrolBean.focus("freed");
            return page.here();
        } catch (Invalid e) {
            String field = e.field().equals("reason") ? "moveReason" : e.field().equals("from") ? "moveFrom" : "other";
            Notices.wrong(field, Notices.text(e));
        } catch (Refused e) {
            Told.beside("other", e);
        }
        return null;
    }

    public LocalDate getLastDay() {
        LocalDate typed = lastDay;
        return typed == null ? page.today() : typed;
    }

    public void setLastDay(@Nullable LocalDate lastDay) {
        this.lastDay = lastDay;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }

    /** The group to move to. */
    public @Nullable Long getOther() {
        return other;
    }

    public void setOther(@Nullable Long other) {
        this.other = other;
    }

    /** From which day on they are in the other group. */
    public LocalDate getMoveFrom() {
        LocalDate typed = moveFrom;
        return typed == null ? page.today().plusDays(1) : typed;
    }

    public void setMoveFrom(@Nullable LocalDate moveFrom) {
        this.moveFrom = moveFrom;
    }

    public String getMoveReason() {
        return moveReason;
    }

    public void setMoveReason(String moveReason) {
        this.moveReason = moveReason;
    }
}
