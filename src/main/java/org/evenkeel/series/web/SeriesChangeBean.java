package org.evenkeel.series.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.series.GroupView;
import org.evenkeel.series.Groups;
import org.evenkeel.series.SeriesChange;
import org.evenkeel.series.SeriesChange.Scope;
import org.evenkeel.series.SeriesChangePlan;
import org.evenkeel.series.SeriesChangePlan.ChangedDate;
import org.evenkeel.series.SeriesChangePlan.Setting;
import org.evenkeel.series.SeriesChanges;
import org.evenkeel.series.web.ChangeForm.Difference;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.TimeSlot;
import org.jspecify.annotations.Nullable;

/** Changes one date of a series, those from it on, or all to come; says what it will do before it does. */
@Named("seriesChange")
@ViewScoped
public class SeriesChangeBean extends MeantDates {
    private static final long serialVersionUID = 1L;
    /** Where the names of a change differ from those of the fields. */
    private static final Map<String, String> FIELDS = Map.of("date", "dayShift", "minimumSize", "minimum");

    private transient SeriesChanges changes;
    private transient Groups groups;
    private transient SeriesChoices choices;
    private transient SignedIn signedIn;

    private @Nullable GroupView group;
    private @Nullable ChangeForm form;
    private @Nullable Long coFacilitator;

    private final Set<Long> left = new HashSet<>();
    private List<Line> lines = List.of();
    private List<String> common = List.of();
    private List<String> kept = List.of();
    private boolean splits;
    private @Nullable Shown shown;
    private Set<Rule> softRules = Set.of();

    /** What was asked when it was last said what it would do. */
    private record Shown(Scope scope, SeriesChange wish) implements Serializable {}

    /**
     * A date that is changed, in words.
     *
     * @param after when it will be; "" if that stays
     * @param others what else changes, before and after
     */
    public record Line(long sessionId, String before, String after, List<String> others, List<String> refusals)
            implements Serializable {}

    @SuppressWarnings("NullAway.Init")
    protected SeriesChangeBean() {}

    @Inject
    public SeriesChangeBean(SeriesChanges changes, Groups groups, SeriesChoices choices, SignedIn signedIn) {
        this.changes = changes;
        this.groups = groups;
        this.choices = choices;
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

    private SeriesChange wish(RuleOverride override) {
        ChangeForm typed = form;
        if (typed == null) {
            throw new NotFound("session", existing());
        }
        if (coFacilitator != null && !typed.getCoFacilitators().contains(coFacilitator)) {
            typed.getCoFacilitators().add(coFacilitator);
        }
        coFacilitator = null;
        return typed.change(getScope() == Scope.THIS, left, override);
    }

    public void removeCoFacilitator(Long id) {
        if (form != null) {
            form.getCoFacilitators().remove(id);
        }
    }

    /** Tells what the change would do. */
    public void preview() {
        shown = null;
        try {
            SeriesChange wish = wish(RuleOverride.NONE);
            show(changes.preview(signedIn.actor(), existing(), getScope(), wish));
            shown = new Shown(getScope(), wish);
        } catch (Invalid e) {
            Notices.wrong(FIELDS.getOrDefault(e.field(), e.field()), Notices.text(e));
        } catch (Refused e) {
            Told.beside("", e);
        }
    }

    private void show(SeriesChangePlan plan) {
        ZoneId zone = plan.zone();
        lines = plan.changed().stream().map(d -> line(d, zone)).toList();
        common = form == null || getScope() == Scope.THIS
                ? List.of()
                : form.ofSeries().stream().map(Difference::inWords).toList();
        kept = group().dates().stream()
                .filter(d -> plan.kept().contains(d.sessionId()))
                .map(d -> Formats.moment(d.slot().start(), zone))
                .toList();
        splits = plan.splits();
        softRules = plan.conflicts().stream()
                .flatMap(d -> d.refusals().stream())
                .map(r -> r.rule())
                .filter(r -> r.severity() == Rule.Severity.SOFT)
                .collect(Collectors.toSet());
    }

    private Line line(ChangedDate date, ZoneId zone) {
        TimeSlot slot = date.after() == null ? date.before() : date.after();
        String before = Formats.moment(date.before().start(), zone);
        String after = Formats.moment(slot.start(), zone);
        return new Line(
                date.sessionId(),
                before,
                after.equals(before) ? "" : after,
                others(date, slot),
                Told.of(date.refusals(), slot.start(), zone));
    }

    private List<String> others(ChangedDate date, TimeSlot after) {
        Setting was = date.was();
        Setting is = date.is();
        return Stream.of(
                        difference("therapist", therapist(was.therapistId()), therapist(is.therapistId())),
                        difference("coFacilitators", facilitators(was), facilitators(is)),
                        difference("room", room(was.roomId()), room(is.roomId())),
                        difference("minutes", date.before().minutes(), after.minutes()),
                        difference("capacity", was.seats(), is.seats()))
                .filter(d -> !d.before().equals(d.after()))
                .map(Difference::inWords)
                .toList();
    }

    private static Difference difference(String field, Object before, Object after) {
        return new Difference("group.field." + field, before.toString(), after.toString());
    }

    private String facilitators(Setting setting) {
        return setting.coFacilitators().stream().map(this::therapist).sorted().collect(Collectors.joining(", "));
    }

    /** Whoever no longer takes sessions is known from the dates that they had. */
    public String therapist(long id) {
        String name = choices.therapist(id);
        return name.isEmpty()
                ? group().dates().stream()
                        .flatMap(d -> Stream.concat(Stream.of(d.therapist()), d.coFacilitators().stream()))
                        .filter(t -> t.id() == id)
                        .findFirst()
                        .map(t -> t.name())
                        .orElse("")
                : name;
    }

    private String room(long id) {
        String name = choices.room(id);
        return name.isEmpty()
                ? group().dates().stream()
                        .map(GroupView.Date::room)
                        .filter(r -> r.id() == id)
                        .findFirst()
                        .map(r -> r.name())
                        .orElse("")
                : name;
    }

    private GroupView group() {
        return Objects.requireNonNull(group);
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
            SeriesChange wish = wish(RuleOverride.NONE);
            if (!new Shown(getScope(), wish).equals(shown)) {
                preview();
                Notices.again("group.edit.changedSince");
                return null;
            }
            SeriesChange reasoned = getReason().isBlank() ? wish : wish.with(new RuleOverride(softRules, getReason()));
            SeriesChangePlan done = changes.change(signedIn.actor(), existing(), getScope(), reasoned);
            Notices.done("group.change.saved", done.changed().size());
            long series = groups.ofSession(signedIn.actor(), "group/change", existing())
                    .id();
            return "/group/view?faces-redirect=true&id=" + series;
        } catch (Invalid e) {
            Notices.wrong(FIELDS.getOrDefault(e.field(), e.field()), Notices.text(e));
        } catch (Refused e) {
            Told.beside("", e);
            preview();
        }
        return null;
    }

    @Override
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

    /** What changes of the series as a whole, before and after. */
    public List<String> getCommon() {
        return common;
    }

    /** Dates that stay as they are. */
    public List<String> getKept() {
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
        return shown != null;
    }

    public boolean isReasonAsked() {
        return isPlanned() && !softRules.isEmpty();
    }

    public @Nullable Long getCoFacilitator() {
        return coFacilitator;
    }

    public void setCoFacilitator(@Nullable Long coFacilitator) {
        this.coFacilitator = coFacilitator;
    }
}
