package org.evenkeel.session.web;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.series.SeriesChanges;
import org.evenkeel.session.LeavePlanning;
import org.evenkeel.session.LeavePlanning.Absence;
import org.evenkeel.session.LeavePlanning.Added;
import org.evenkeel.session.LeavePlanning.CannotBe;
import org.evenkeel.session.LeavePlanning.Decision;
import org.evenkeel.session.Refusal;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.site.SiteRegister;
import org.evenkeel.therapist.TherapistRegister;
import org.jspecify.annotations.Nullable;

/** The page that decides what becomes of sessions which a therapist's leave, or a closure day, falls on. */
@Named("leave")
@ViewScoped
public class LeaveBean implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient LeavePlanning planning;

    @Inject
    private transient SeriesChanges changes;

    @Inject
    private transient TherapistRegister therapists;

    @Inject
    private transient SiteRegister sites;

    @Inject
    private transient SignedIn signedIn;

    private @Nullable Long therapist;
    private @Nullable Long site;
    private String from = "";
    private String until = "";
    private @Nullable LocalDate date;
    private String reason = "";
    private String name = "";
    private List<LeaveRow> rows = List.of();
    private boolean shown;
    private final Set<Rule> softRules = EnumSet.noneOf(Rule.class);
    private String overrideReason = "";

    /** Opens the page: at once with the sessions, unless the day of a closure is still to be said. */
    public void open() {
        if (therapist != null) {
            name = therapists.find(signedIn.actor(), therapist).details().displayName();
        } else if (site != null) {
            name = sites.find(signedIn.actor(), site).details().name();
        } else {
            throw new NotFound("therapist", "");
        }
        Object carried = FacesContext.getCurrentInstance()
                .getExternalContext()
                .getFlash()
                .get("leave.reason");
        reason = carried == null ? reason : carried.toString();
        if (therapist != null || date != null) {
            show();
        }
    }

    /** Lists the sessions; what was decided for one stays. */
    public void show() {
        if (therapist == null && date == null) {
            Notices.wrong("date", Notices.text("availability.leave.dateMissing"));
            return;
        }
        Map<Long, LeaveRow> decided = rows.stream().collect(Collectors.toMap(LeaveRow::getId, r -> r));
        rows = planning.affected(signedIn.actor(), absence()).stream()
                .map(a -> decided.containsKey(a.sessionId())
                        ? decided.get(a.sessionId()).with(a)
                        : new LeaveRow(a))
                .toList();
        shown = true;
    }

    public @Nullable String save() {
        long wrong = rows.stream().filter(row -> !row.check()).count();
        if (wrong > 0) {
            Notices.wrong("rows", Notices.text("availability.leave.undecidedLeft", wrong));
            return null;
        }
        try {
            Map<Long, Decision> decisions =
                    rows.stream().collect(Collectors.toMap(LeaveRow::getId, LeaveRow::decision));
            List<Added> added =
                    planning.apply(signedIn.actor(), absence(), decisions, new RuleOverride(softRules, overrideReason));
            if (added.isEmpty()) {
                Notices.done("availability.leave.done", rows.size());
            } else {
                Notices.done("availability.leave.doneAdded", rows.size(), inWords(added));
            }
            tellMissing();
            return therapist == null
                    ? "/site/edit?faces-redirect=true&id=" + site
                    : "/availability/edit?faces-redirect=true&id=" + therapist;
        } catch (CannotBe e) {
            rows.forEach(row -> row.refused(inWords(row, e.against(row.getId()))));
            if (e.isSoft()) {
                e.refusals().forEach(refusal -> softRules.add(refusal.rule()));
            }
            Notices.wrong("rows", Notices.text("availability.leave.refused"));
        } catch (Refused e) {
            boolean lost = e.refusals().stream().allMatch(r -> r.rule() == Rule.BEING_BOOKED);
            Notices.wrong("rows", Notices.text(lost ? "availability.leave.lost" : "availability.leave.notExtended"));
        } catch (Invalid e) {
            refused(e);
            show();
        }
        return null;
    }

    private static String inWords(List<Added> added) {
        return added.stream()
                .map(one -> Formats.moment(one.slot().start(), one.zone()))
                .collect(Collectors.joining(", "));
    }

    /** A series that is to be held so many times has fewer dates now; its page adds them at the end (acceptance case A15). */
    private void tellMissing() {
        List<Long> gone = rows.stream()
                .filter(row -> row.decision().equals(Decision.CANCEL))
                .map(LeaveRow::getId)
                .toList();
        changes.standing(signedIn.actor(), gone).stream()
                .filter(standing -> standing.missing() > 0)
                .forEach(standing -> Notices.done(
                        "availability.leave.missing", standing.name(), standing.live(), standing.missing()));
    }

    /** Beside the session that it is about, if it is about one. */
    private void refused(Invalid invalid) {
        String why = Notices.text(invalid);
        List<LeaveRow> about = rows.stream()
                .filter(row -> invalid.field().equals(Decision.startOf(row.getId())))
                .toList();
        about.forEach(row -> row.refused(why));
        Notices.wrong("rows", about.isEmpty() ? why : Notices.text("availability.leave.refused"));
    }

    private static String inWords(LeaveRow row, List<Refusal> refusals) {
        ZoneId zone = row.getAffected().zone();
        return String.join(" ", Words.refusals(row.wantedStart(), zone).sentences(ShownRefusals.of(refusals)));
    }

    /** What is undecided is cancelled; nothing is saved yet. */
    public void cancelRest() {
        rows.forEach(LeaveRow::cancelIfUndecided);
    }

    /** Whether something is to be decided yet, so that all of it can be cancelled at once. */
    public boolean isUndecided() {
        return rows.stream().filter(LeaveRow::isUndecided).count() > 1;
    }

    private Absence absence() {
        if (therapist != null) {
            return Absence.leave(therapist, slot(), reason);
        }
        if (site == null || date == null) {
            throw new NotFound("site", "");
        }
        return Absence.closure(site, date, reason);
    }

    private TimeSlot slot() {
        try {
            return new TimeSlot(Instant.parse(from), Instant.parse(until));
        } catch (DateTimeParseException | IllegalArgumentException e) {
            throw new NotFound("leave", "");
        }
    }

    /** The heading. */
    public String getHeading() {
        return Notices.text(therapist == null ? "availability.leave.ofSite" : "availability.leave.ofTherapist", name);
    }

    /** From when to when, as the first session's site shows it. */
    public String getStretch() {
        if (therapist == null) {
            return date == null ? "" : Formats.date(date);
        }
        ZoneId zone =
                rows.isEmpty() ? ZoneId.of("UTC") : rows.get(0).getAffected().zone();
        return Formats.moment(slot().start(), zone) + " \u2013 " + Formats.moment(slot().end(), zone);
    }

    /** How many of them are groups that another leads. */
    public long getFacilitated() {
        return rows.stream().filter(LeaveRow::isFacilitated).count();
    }

    public boolean isClosure() {
        return therapist == null;
    }

    public boolean isShown() {
        return shown;
    }

    public String getName() {
        return name;
    }

    public List<LeaveRow> getRows() {
        return rows;
    }

    public @Nullable Long getTherapist() {
        return therapist;
    }

    public void setTherapist(@Nullable Long therapist) {
        this.therapist = therapist;
    }

    public @Nullable Long getSite() {
        return site;
    }

    public void setSite(@Nullable Long site) {
        this.site = site;
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(String from) {
        this.from = from;
    }

    public String getUntil() {
        return until;
    }

    public void setUntil(String until) {
        this.until = until;
    }

    public @Nullable LocalDate getDate() {
        return date;
    }

    public void setDate(@Nullable LocalDate date) {
        this.date = date;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }

    /** Whether a reason would get past what speaks against the decisions. */
    public boolean isReasonAsked() {
        return !softRules.isEmpty();
    }

    public String getOverrideReason() {
        return overrideReason;
    }

    public void setOverrideReason(@Nullable String overrideReason) {
        this.overrideReason = overrideReason == null ? "" : overrideReason;
    }
}
