package org.evenkeel.reminder.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.modality.ModalityRegister;
import org.evenkeel.modality.ModalityRow;
import org.evenkeel.patient.PatientRow;
import org.evenkeel.platform.web.EditForm;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.reminder.Channel;
import org.evenkeel.reminder.Occasion;
import org.evenkeel.reminder.ReminderPreview;
import org.evenkeel.reminder.ReminderPreview.Coming;
import org.evenkeel.reminder.ReminderPreview.Planned;
import org.evenkeel.reminder.ReminderRuleDetails;
import org.evenkeel.reminder.ReminderRules;
import org.evenkeel.reminder.Texts;
import org.evenkeel.series.web.PatientField;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Versioned;
import org.jspecify.annotations.Nullable;

/** The form of a rule, and what it would send to a real patient as it stands in the form. */
@Named("ruleForm")
@ViewScoped
public class RuleFormBean extends EditForm<ReminderRuleDetails> {
    private static final long serialVersionUID = 1L;
    private static final int ALL = 1000;

    private transient ReminderRules rules;
    private transient ReminderPreview preview;
    private transient ModalityRegister modalityRegister;
    private transient PatientField patientField;
    private transient SignedIn signedIn;

    private String name = "";
    private Occasion occasion = Occasion.BEFORE;
    private final List<LeadRow> leads = new ArrayList<>();
    private @Nullable Long modality;
    private ReminderRuleDetails.@Nullable Format format;
    private Channel first = Channel.SMS;
    private @Nullable Channel then = Channel.EMAIL;
    private String template = "standard";
    private boolean active = true;

    private String patient = "";
    private @Nullable Long session;
    private String previewed = "";
    private List<Coming> sessions = List.of();
    private List<Planned> planned = List.of();

    @SuppressWarnings("NullAway.Init")
    protected RuleFormBean() {}

    @Inject
    public RuleFormBean(
            ReminderRules rules,
            ReminderPreview preview,
            ModalityRegister modalityRegister,
            PatientField patientField,
            SignedIn signedIn) {
        this.rules = rules;
        this.preview = preview;
        this.modalityRegister = modalityRegister;
        this.patientField = patientField;
        this.signedIn = signedIn;
    }

    @Override
    public void open() {
        signedIn.require("change rules of reminders", Role.LEAD);
        super.open();
        if (isFresh()) {
            leads.add(LeadRow.of(24 * 60));
        }
    }

    @Override
    protected Versioned<ReminderRuleDetails> read(long existing) {
        return rules.find(signedIn.actor(), existing);
    }

    @Override
    protected void show(ReminderRuleDetails details) {
        name = details.name();
        occasion = details.occasion();
        leads.clear();
        details.leads().stream()
                .sorted(Comparator.reverseOrder())
                .map(LeadRow::of)
                .forEach(leads::add);
        modality = details.modalityId();
        format = details.format();
        first = details.channels().get(0);
        then = details.channels().size() > 1 ? details.channels().get(1) : null;
        template = details.template();
        active = details.active();
    }

    @Override
    protected ReminderRuleDetails typed() {
        SortedSet<Integer> minutes = new TreeSet<>();
        if (occasion == Occasion.BEFORE) {
            leads.forEach(row -> minutes.add(row.typed()));
        }
        Channel second = then;
        return new ReminderRuleDetails(
                name,
                occasion,
                minutes,
                modality,
                format,
                second == null ? List.of(first) : List.of(first, second),
                template,
                active);
    }

    @Override
    protected long create(ReminderRuleDetails details) {
        return rules.add(signedIn.actor(), details);
    }

    @Override
    protected void change(long existing, long version, ReminderRuleDetails details) {
        rules.change(signedIn.actor(), existing, version, details);
    }

    @Override
    protected String saved(long savedId) {
        Notices.done(active ? "reminder.rule.saved" : "reminder.rule.savedOff", name);
        return "/reminder/rules?faces-redirect=true";
    }

    @Override
    protected String inWords(String field, Object value) {
        return switch (field) {
            case "occasion" -> Notices.text("reminder.occasion." + value);
            case "leads" -> new ReminderWords().lead((Integer) value);
            case "modalityId" -> modalityName((Long) value);
            case "format" -> Notices.text("reminder.format." + value);
            case "channels" -> Notices.text("reminder.channel." + value);
            case "template" -> Notices.text("reminder.template." + value);
            default -> value.toString();
        };
    }

    private String modalityName(long wanted) {
        return getModalities().stream()
                .filter(m -> m.id() == wanted)
                .findFirst()
                .map(m -> m.details().name())
                .orElse("");
    }

    public void addLead() {
        leads.forEach(LeadRow::settle);
        leads.add(LeadRow.empty());
    }

    public void removeLead(LeadRow row) {
        leads.remove(row);
    }

    /** Shows what would become of the chosen session, or else of the patient's next. Nothing is saved. */
    public void showPlanned() {
        planned = List.of();
        try {
            ReminderRuleDetails rule = typed();
            PatientRow who = patientField.meant("patient", patient);
            patient = PatientField.label(who);
            sessions = preview.coming(signedIn.actor(), who.id());
            Long chosen = session;
            boolean known =
                    previewed.equals(patient) && sessions.stream().anyMatch(s -> chosen != null && s.id() == chosen);
            previewed = patient;
            if (sessions.isEmpty()) {
                session = null;
                throw new Invalid("patient", "reminder.rule.noSessions");
            }
            long about = known && chosen != null ? chosen : sessions.get(0).id();
            session = about;
            planned = preview.of(signedIn.actor(), getId(), rule, who.id(), about);
        } catch (Invalid e) {
            Notices.invalid(e);
        }
    }

    public List<Planned> getPlanned() {
        return planned;
    }

    /** The sessions ahead of the patient who was typed last. */
    public List<Coming> getSessions() {
        return sessions;
    }

    /** Modalities in use, and the rule's own. */
    public List<ModalityRow> getModalities() {
        return modalityRegister.list(signedIn.actor(), 0, ALL).items().stream()
                .filter(m -> m.details().active() || (modality != null && modality == m.id()))
                .toList();
    }

    public List<Occasion> getOccasions() {
        return List.of(Occasion.values());
    }

    public List<ReminderRuleDetails.Format> getFormats() {
        return List.of(ReminderRuleDetails.Format.values());
    }

    public List<Channel> getChannels() {
        return List.of(Channel.values());
    }

    public List<LeadRow.Unit> getUnits() {
        return List.of(LeadRow.Unit.values());
    }

    public List<String> getTemplates() {
        return Texts.TEMPLATES.stream().sorted(Comparator.reverseOrder()).toList();
    }

    public List<LeadRow> getLeads() {
        return leads;
    }

    public boolean isBefore() {
        return occasion == Occasion.BEFORE;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public Occasion getOccasion() {
        return occasion;
    }

    public void setOccasion(Occasion occasion) {
        this.occasion = occasion;
    }

    public @Nullable Long getModality() {
        return modality;
    }

    public void setModality(@Nullable Long modality) {
        this.modality = modality;
    }

    public ReminderRuleDetails.@Nullable Format getFormat() {
        return format;
    }

    public void setFormat(ReminderRuleDetails.@Nullable Format format) {
        this.format = format;
    }

    public Channel getFirst() {
        return first;
    }

    public void setFirst(Channel first) {
        this.first = first;
    }

    public @Nullable Channel getThen() {
        return then;
    }

    public void setThen(@Nullable Channel then) {
        this.then = then;
    }

    public String getTemplate() {
        return template;
    }

    public void setTemplate(String template) {
        this.template = template;
    }

    public boolean isActive() {
        return active;
    }

    public void setActive(boolean active) {
        this.active = active;
    }

    public String getPatient() {
        return patient;
    }

    public void setPatient(String patient) {
        this.patient = patient;
    }

    public @Nullable Long getSession() {
        return session;
    }

    public void setSession(@Nullable Long session) {
        this.session = session;
    }
}
