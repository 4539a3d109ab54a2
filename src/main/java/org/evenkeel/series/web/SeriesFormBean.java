package org.evenkeel.series.web;

import jakarta.faces.model.SelectItem;
import jakarta.faces.model.SelectItemGroup;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.patient.PatientRow;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.series.Recurrence;
import org.evenkeel.series.SeriesPlan;
import org.evenkeel.series.SeriesPlan.PlannedDate;
import org.evenkeel.series.SeriesPlanning;
import org.evenkeel.series.SeriesWish;
import org.evenkeel.series.SeriesWish.Decision;
import org.evenkeel.series.Unresolved;
import org.evenkeel.series.web.SeriesForm.Member;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.session.web.BookingChoices;
import org.evenkeel.shared.Invalid;
import org.jspecify.annotations.Nullable;

/** Sets up a series: typed, looked at date by date, then saved whole or not at all. */
@Named("seriesForm")
@ViewScoped
public class SeriesFormBean implements Serializable {
    private static final long serialVersionUID = 1L;

    private transient SeriesPlanning planning;
    private transient SeriesChoices choices;
    private transient BookingChoices places;
    private transient PatientField patientField;
    private transient SignedIn signedIn;
    private transient Clock clock;

    private final SeriesForm form = new SeriesForm();
    private String patient = "";
    private @Nullable Long coFacilitator;
    private String reason = "";
    private @Nullable ZoneId zone;
    private List<PlannedRow> rows = List.of();
    private List<String> throughout = List.of();
    private List<Recurrence.Gap> gaps = List.of();
    private Set<Rule> softRules = Set.of();
    /** What was meant when its dates were last shown. */
    private transient @Nullable SeriesWish seen;

    @SuppressWarnings("NullAway.Init")
    protected SeriesFormBean() {}

    @Inject
    public SeriesFormBean(
            SeriesPlanning planning,
            SeriesChoices choices,
            BookingChoices places,
            PatientField patientField,
            SignedIn signedIn,
            Clock clock) {
        this.planning = planning;
        this.choices = choices;
        this.places = places;
        this.patientField = patientField;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    /** A therapist leads what they set up. */
    public void open() {
        signedIn.require("set up a series", Role.DESK, Role.LEAD, Role.THERAPIST);
        form.setTherapist(signedIn.actor().therapistId());
        ZoneId home = places.getSites().stream()
                .findFirst()
                .map(BookingChoices.SiteChoice::zone)
                .orElse(ZoneId.of("UTC"));
        form.setFirst(LocalDate.ofInstant(clock.instant(), home).plusDays(1));
    }

    public void therapyChosen() {
        choices.modality(form.getModality()).ifPresent(form::suggest);
    }

    /** Who may lead it: those who are qualified for the therapy come first. */
    public List<SelectItem> getLeads() {
        Set<Long> qualified = choices.qualified(form.getModality(), form.getFirst());
        Map<Boolean, List<SelectItem>> items = places.getTherapists().stream()
                .collect(Collectors.partitioningBy(
                        t -> qualified.contains(t.id()),
                        Collectors.mapping(t -> new SelectItem(t.id(), t.name()), Collectors.toList())));
        List<SelectItem> first = items.getOrDefault(true, List.of());
        List<SelectItem> others = items.getOrDefault(false, List.of());
        return first.isEmpty() || others.isEmpty()
                ? Stream.concat(first.stream(), others.stream()).toList()
                : List.of(
                        group("group.edit.therapistQualified", first),
                        group("group.edit.therapistUnqualified", others));
    }

    private static SelectItem group(String key, List<SelectItem> items) {
        return new SelectItemGroup(Notices.text(key), "", false, items.toArray(SelectItem[]::new));
    }

    public void addPatient() {
        try {
            PatientRow row = patientField.meant("patient", patient);
            if (form.getMembers().stream().anyMatch(m -> m.id() == row.id())) {
                throw new Invalid("patient", "group.edit.twice");
            }
            form.getMembers().add(new Member(row.id(), PatientField.label(row)));
            patient = "";
        } catch (Invalid e) {
            Notices.invalid(e);
        }
    }

    public void removePatient(Member member) {
        form.getMembers().remove(member);
    }

    public void addCoFacilitator() {
        Long chosen = coFacilitator;
        if (chosen != null && !form.getCoFacilitators().contains(chosen)) {
            form.getCoFacilitators().add(chosen);
        }
        coFacilitator = null;
    }

    public void removeCoFacilitator(Long id) {
        form.getCoFacilitators().remove(id);
    }

    // --- the preview ------------------------------------------------------------------------------------------------

    /** Shows every date, with what was decided before. */
    public void preview() {
        try {
            takeTyped();
            show(planning.preview(signedIn.actor(), wish()));
        } catch (Invalid e) {
            Notices.wrong(FIELDS.getOrDefault(e.field(), e.field()), Notices.text(e));
        }
    }

    private SeriesWish wish() {
        return form.wish(decisions(), RuleOverride.NONE);
    }

    /** Where the names of a wish differ from those of the fields. */
    private static final Map<String, String> FIELDS =
            Map.of("rule", "words", "minimumSize", "minimum", "patients", "patient", "coFacilitators", "coFacilitator");

    /** A name that stands in a field but was not added yet is meant too. */
    private void takeTyped() {
        if (!patient.isBlank()) {
            PatientRow row = patientField.meant("patient", patient);
            if (form.getMembers().stream().noneMatch(m -> m.id() == row.id())) {
                form.getMembers().add(new Member(row.id(), PatientField.label(row)));
            }
            patient = "";
        }
        addCoFacilitator();
    }

    private Map<LocalDateTime, Decision> decisions() {
        Map<LocalDateTime, Decision> decisions = new HashMap<>();
        for (PlannedRow row : rows) {
            Decision decision = row.decision(form.getCoFacilitators());
            if (decision != null) {
                decisions.put(row.getWallTime(), decision);
            }
        }
        return decisions;
    }

    private void show(SeriesPlan plan) {
        zone = plan.zone();
        Map<LocalDateTime, PlannedRow> known =
                rows.stream().collect(Collectors.toMap(PlannedRow::getWallTime, Function.identity()));
        Throughout all = Throughout.of(plan);
        throughout = Told.of(all.refusals());
        List<PlannedRow> shown = new ArrayList<>();
        for (PlannedDate date : plan.dates()) {
            PlannedRow row = known.getOrDefault(date.wallTime(), new PlannedRow(date.wallTime(), plan.zone()));
            row.show(date, all);
            shown.add(row);
        }
        rows = shown;
        gaps = plan.gaps();
        softRules = plan.conflicts().stream()
                .flatMap(d -> d.refusals().stream())
                .map(r -> r.rule())
                .filter(r -> r.severity() == Rule.Severity.SOFT)
                .collect(Collectors.toSet());
        seen = wish();
    }

    public void skip(PlannedRow row) {
        row.skip();
        preview();
    }

    public void unskip(PlannedRow row) {
        row.unskip();
        preview();
    }

    /** Leaves out the dates on which the site is closed. */
    public void skipClosures() {
        rows.stream().filter(PlannedRow::isClosed).forEach(PlannedRow::skip);
        preview();
    }

    public @Nullable String save() {
        try {
            takeTyped();
            SeriesWish wish = wish();
            if (!wish.equals(seen)) {
                preview();
                Notices.again("group.edit.changedSince");
                return null;
            }
            RuleOverride override = reason.isBlank() ? RuleOverride.NONE : new RuleOverride(softRules, reason);
            long id = planning.create(signedIn.actor(), wish.with(override));
            Notices.done("group.edit.saved", form.getName().strip(), getHeld());
            return "/group/view?faces-redirect=true&id=" + id;
        } catch (Invalid e) {
            Notices.wrong(FIELDS.getOrDefault(e.field(), e.field()), Notices.text(e));
        } catch (Unresolved e) {
            show(e.plan());
            Notices.wrong(
                    "",
                    Notices.text("group.edit.unresolved", e.plan().conflicts().size()));
        } catch (Refused e) {
            Told.beside("", e);
        }
        return null;
    }

    /** What speaks against every date, whatever its time. */
    public List<String> getThroughout() {
        return throughout;
    }

    public List<PlannedRow> getRows() {
        return rows;
    }

    public boolean isPlanned() {
        return !rows.isEmpty();
    }

    public long getHeld() {
        return rows.stream().filter(r -> !r.isSkipped()).count();
    }

    public long getConflicts() {
        return rows.stream().filter(PlannedRow::isConflict).count();
    }

    public boolean isClosures() {
        return rows.stream().anyMatch(r -> r.isClosed() && !r.isSkipped());
    }

    /** Whether a reason would get past some dates. */
    public boolean isReasonAsked() {
        return !softRules.isEmpty();
    }

    /** Days of the rule that months do not have: "31: Feb 2027, Apr 2027"; "" if there are none. */
    public String getGaps() {
        return SeriesWords.gaps(gaps);
    }

    /** Whether the zone of the dates needs to be named. */
    public boolean isOtherZone() {
        return places.isSeveralZones();
    }

    public @Nullable ZoneId getZone() {
        return zone;
    }

    public SeriesForm getForm() {
        return form;
    }

    public String getPatient() {
        return patient;
    }

    public void setPatient(@Nullable String patient) {
        this.patient = patient == null ? "" : patient;
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
