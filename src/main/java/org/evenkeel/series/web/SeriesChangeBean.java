package org.evenkeel.series.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.series.GroupView;
import org.evenkeel.series.Groups;
import org.evenkeel.series.SeriesChange;
import org.evenkeel.series.SeriesChange.Scope;
import org.evenkeel.series.SeriesChangePlan;
import org.evenkeel.series.SeriesChangePlan.ChangedDate;
import org.evenkeel.series.SeriesChanges;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.jspecify.annotations.Nullable;

/** Changes one date of a series, those from it on, or all to come; says what it will do before it does. */
@Named("seriesChange")
@ViewScoped
public class SeriesChangeBean implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Where the names of a change differ from those of the fields. */
    private static final Map<String, String> FIELDS = Map.of("date", "dayShift", "minimumSize", "minimum");

    private transient SeriesChanges changes;
    private transient Groups groups;
    private transient SignedIn signedIn;

    private @Nullable Long sessionId;
    private Scope scope = Scope.THIS;
    private @Nullable GroupView group;
    private @Nullable ChangeForm form;
    private @Nullable Long coFacilitator;
    private String reason = "";

    private final Set<Long> left = new HashSet<>();
    private List<Line> lines = List.of();
    private int kept;
    private boolean splits;
    private boolean planned;
    private Set<Rule> softRules = Set.of();

    /** A date that is changed, in words. */
    public record Line(long sessionId, String before, String after, List<String> refusals) implements Serializable {}

    @SuppressWarnings("NullAway.Init")
    protected SeriesChangeBean() {}

    @Inject
    public SeriesChangeBean(SeriesChanges changes, Groups groups, SignedIn signedIn) {
        this.changes = changes;
        this.groups = groups;
        this.signedIn = signedIn;
    }

    public void open() {
        long id = existing();
        GroupView read = groups.ofSession(signedIn.actor(), "group/change", id);
        group = read;
        form = new ChangeForm(
                read,
                read.dates().stream()
                        .filter(d -> d.sessionId() == id && d.isLive())
                        .findFirst()
                        .orElseThrow(() -> new NotFound("session", id)));
    }

    private long existing() {
        if (sessionId == null) {
            throw new NotFound("session", "");
        }
        return sessionId;
    }

    private SeriesChange wish(RuleOverride override) {
        ChangeForm typed = form;
        if (typed == null) {
            throw new NotFound("session", existing());
        }
        if (coFacilitator != null && !typed.getCoFacilitators().contains(coFacilitator)) {
            typed.getCoFacilitators().add(coFacilitator);
        }
        coFacilitator = null;
        return typed.change(scope == Scope.THIS, left, override);
    }

    public void removeCoFacilitator(Long id) {
        if (form != null) {
            form.getCoFacilitators().remove(id);
        }
    }

    /** Tells what the change would do. */
    public void preview() {
        planned = false;
        try {
            show(changes.preview(signedIn.actor(), existing(), scope, wish(RuleOverride.NONE)));
        } catch (Invalid e) {
            Notices.wrong(FIELDS.getOrDefault(e.field(), e.field()), String.valueOf(e.getMessage()));
        } catch (Refused e) {
            Told.beside("", e);
        }
    }

    private void show(SeriesChangePlan plan) {
        ZoneId zone = plan.zone();
        lines = plan.changed().stream().map(d -> line(d, zone)).toList();
        kept = plan.kept().size();
        splits = plan.splits();
        softRules = plan.conflicts().stream()
                .flatMap(d -> d.refusals().stream())
                .map(r -> r.rule())
                .filter(r -> r.severity() == Rule.Severity.SOFT)
                .collect(Collectors.toSet());
        planned = true;
    }

    private static Line line(ChangedDate date, ZoneId zone) {
        String before = Formats.moment(date.before().start(), zone);
        String after = Formats.moment(date.after().start(), zone);
        return new Line(
                date.sessionId(),
                before,
                after.equals(before) ? "" : after,
                Told.of(date.refusals(), date.after().start(), zone));
    }

    /** A date stays as it is. */
    public void leave(Line line) {
        left.add(line.sessionId());
        preview();
    }

    /** All dates that something speaks against stay as they are. */
    public void leaveConflicts() {
        lines.stream().filter(l -> !l.refusals().isEmpty()).forEach(l -> left.add(l.sessionId()));
        preview();
    }

    /** Everything that was left is changed again. */
    public void leaveNone() {
        left.clear();
        preview();
    }

    public @Nullable String save() {
        try {
            RuleOverride override = reason.isBlank() ? RuleOverride.NONE : new RuleOverride(softRules, reason);
            SeriesChangePlan done = changes.change(signedIn.actor(), existing(), scope, wish(override));
            Notices.done("group.change.saved", done.changed().size());
            long series = groups.ofSession(signedIn.actor(), "group/change", existing())
                    .id();
            return "/group/view?faces-redirect=true&id=" + series;
        } catch (Invalid e) {
            Notices.wrong(FIELDS.getOrDefault(e.field(), e.field()), String.valueOf(e.getMessage()));
        } catch (Refused e) {
            Told.beside("", e);
            preview();
        }
        return null;
    }

    public List<Scope> getScopes() {
        return List.of(Scope.values());
    }

    public @Nullable GroupView getGroup() {
        return group;
    }

    public @Nullable ChangeForm getForm() {
        return form;
    }

    public List<Line> getLines() {
        return lines;
    }

    /** How many dates stay as they are. */
    public int getKept() {
        return kept;
    }

    public int getLeft() {
        return left.size();
    }

    public long getConflicts() {
        return lines.stream().filter(l -> !l.refusals().isEmpty()).count();
    }

    public boolean isSplits() {
        return splits;
    }

    public boolean isPlanned() {
        return planned;
    }

    public boolean isReasonAsked() {
        return planned && !softRules.isEmpty();
    }

    public @Nullable Long getSessionId() {
        return sessionId;
    }

    public void setSessionId(@Nullable Long sessionId) {
        this.sessionId = sessionId;
    }

    public Scope getScope() {
        return scope;
    }

    public void setScope(@Nullable Scope scope) {
        this.scope = scope == null ? Scope.THIS : scope;
    }

    public @Nullable Long getCoFacilitator() {
        return coFacilitator;
    }

    public void setCoFacilitator(@Nullable Long coFacilitator) {
        this.coFacilitator = coFacilitator;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason == null ? "" : reason;
    }
}
