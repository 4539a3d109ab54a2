package org.evenkeel.therapist.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.EditForm;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.platform.web.HoursLine;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Versioned;
import org.evenkeel.site.SiteDetails;
import org.evenkeel.site.SiteRegister;
import org.evenkeel.therapist.TherapistHours;
import org.evenkeel.therapist.TherapistRegister;
import org.evenkeel.therapist.WorkingHours;

/** The weekly hours of one therapist; the therapist's own view of them is for reading only. */
@Named("hoursForm")
@ViewScoped
public class HoursFormBean extends EditForm<TherapistHours> {
    private static final long serialVersionUID = 1L;

    private transient TherapistRegister register;
    private transient SiteRegister siteRegister;
    private transient SignedIn signedIn;

    private String therapistName = "";
    private final List<Row> rows = new ArrayList<>();
    private transient List<Versioned<SiteDetails>> sites = List.of();

    @SuppressWarnings("NullAway.Init")
    protected HoursFormBean() {}

    @Inject
    public HoursFormBean(TherapistRegister register, SiteRegister siteRegister, SignedIn signedIn) {
        this.register = register;
        this.siteRegister = siteRegister;
        this.signedIn = signedIn;
    }

    @Override
    public void open() {
        if (isFresh()) {
            throw new NotFound("therapist", "");
        }
        sites = siteRegister.all(signedIn.actor());
        super.open();
    }

    @Override
    protected Versioned<TherapistHours> read(long existing) {
        return register.hours(signedIn.actor(), existing);
    }

    @Override
    protected void show(TherapistHours hours) {
        therapistName = hours.therapistName();
        rows.clear();
        hours.entries().forEach(entry -> rows.add(new Row(entry)));
    }

    @Override
    protected TherapistHours typed() {
        return new TherapistHours(therapistName, rows.stream().map(Row::typed).toList());
    }

    @Override
    protected long create(TherapistHours details) {
        throw new IllegalStateException("Hours are a therapist's");
    }

    @Override
    protected void change(long existing, long version, TherapistHours details) {
        register.changeHours(signedIn.actor(), existing, version, details);
    }

    @Override
    protected String saved(long savedId) {
        Notices.done("availability.edit.saved", therapistName);
        return "/availability/edit?faces-redirect=true&id=" + savedId;
    }

    @Override
    protected String inWords(String field, Object value) {
        return value instanceof WorkingHours entry
                ? entry.inWords(Formats.locale()) + " " + siteName(entry.siteId())
                : value.toString();
    }

    /** Adds a line that goes on where the last one ended: the next day at the same site, the same times. */
    public void add() {
        rows.forEach(Row::settle);
        Row last = rows.isEmpty() ? null : rows.get(rows.size() - 1);
        rows.add(last == null ? new Row(SiteChoices.home(sites, List.of())) : last.next());
    }

    public void remove(Row row) {
        rows.remove(row);
    }

    /** Whether the user may change hours and time off, or only looks at their own. */
    public boolean isEditable() {
        return signedIn.actor().hasAny(Role.DESK, Role.LEAD, Role.ADMIN);
    }

    public String siteName(long id) {
        return sites.stream()
                .filter(site -> site.id() == id)
                .map(site -> site.details().name())
                .findFirst()
                .orElse("");
    }

    /** Sites in use, and those that the hours name beside them. */
    public List<Versioned<SiteDetails>> getSites() {
        return sites.stream()
                .filter(site -> site.details().active() || rows.stream().anyMatch(row -> row.site == site.id()))
                .toList();
    }

    public String getTherapistName() {
        return therapistName;
    }

    public List<Row> getRows() {
        return rows;
    }

    /** One line of weekly hours at a site. */
    public static final class Row extends HoursLine {
        private static final long serialVersionUID = 1L;
        private static final String FIELD = "hours";

        private long site;

        Row(WorkingHours entry) {
            super(entry.weekday(), entry.startsAt(), entry.endsAt());
            site = entry.siteId();
        }

        /** A new line. */
        Row(long site) {
            super(1, null, null);
            this.site = site;
            arrive();
        }

        Row next() {
            Row next = new Row(site);
            next.follow(this);
            return next;
        }

        WorkingHours typed() {
            return new WorkingHours(site, getWeekday(), required(getFrom(), FIELD), required(getUntil(), FIELD));
        }

        public long getSite() {
            return site;
        }

        public void setSite(long site) {
            this.site = site;
        }
    }
}
