package org.evenkeel.site.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.EditForm;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Versioned;
import org.evenkeel.shared.Zones;
import org.evenkeel.site.ClosureDay;
import org.evenkeel.site.OpeningHours;
import org.evenkeel.site.RoomRow;
import org.evenkeel.site.SiteDetails;
import org.evenkeel.site.SiteRegister;
import org.jspecify.annotations.Nullable;

/** The form of a site: what it is, when it is open, when it is closed; below it the list of its rooms. */
@Named("siteForm")
@ViewScoped
public class SiteFormBean extends EditForm<SiteDetails> {
    private static final long serialVersionUID = 1L;
    private static final int MOST_ROOMS = 500;

    private transient SiteRegister register;
    private transient SignedIn signedIn;

    private String name = "";
    private String zone = "America/New_York";
    private String phone = "";
    private String placeInMessages = "";
    private boolean active = true;
    private int sessionsAhead;
    private final List<HoursRow> hours = new ArrayList<>();
    private final List<ClosureRow> closures = new ArrayList<>();
    private transient List<RoomRow> rooms = List.of();

    @SuppressWarnings("NullAway.Init")
    protected SiteFormBean() {}

    @Inject
    public SiteFormBean(SiteRegister register, SignedIn signedIn) {
        this.register = register;
        this.signedIn = signedIn;
    }

    @Override
    public void open() {
        signedIn.require("change sites", Role.LEAD, Role.ADMIN);
        super.open();
        if (isFresh()) {
            for (DayOfWeek day : List.of(
                    DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY)) {
                hours.add(new HoursRow(day.getValue(), LocalTime.of(8, 0), LocalTime.of(18, 0)));
            }
        }
    }

    @Override
    protected Versioned<SiteDetails> read(long existing) {
        rooms = register.rooms(signedIn.actor(), existing, 0, MOST_ROOMS).items();
        return register.find(signedIn.actor(), existing);
    }

    @Override
    protected void show(SiteDetails details) {
        name = details.name();
        zone = details.zone().getId();
        phone = details.phone();
        placeInMessages = details.placeInMessages();
        active = details.active();
        hours.clear();
        details.openingHours()
                .forEach(open -> hours.add(new HoursRow(open.weekday(), open.opensAt(), open.closesAt())));
        closures.clear();
        details.closureDays().forEach(day -> closures.add(new ClosureRow(day.date(), day.reason())));
    }

    @Override
    protected SiteDetails typed() {
        return new SiteDetails(
                name,
                zoneId(),
                phone,
                placeInMessages,
                active,
                hours.stream().map(HoursRow::typed).toList(),
                closures.stream().map(ClosureRow::typed).toList());
    }

    private ZoneId zoneId() {
        try {
            return ZoneId.of(zone.strip());
        } catch (DateTimeException e) {
            throw new Invalid("zone", "site.edit.zoneUnknown");
        }
    }

    @Override
    protected long create(SiteDetails details) {
        return register.add(signedIn.actor(), details);
    }

    @Override
    protected void change(long existing, long version, SiteDetails details) {
        sessionsAhead = register.change(signedIn.actor(), existing, version, details);
    }

    @Override
    protected String saved(long savedId) {
        if (sessionsAhead > 0) {
            Notices.done("site.edit.savedWithSessions", name, sessionsAhead);
        } else {
            Notices.done(active ? "site.edit.saved" : "site.edit.savedInactive", name);
        }
        return "/site/edit?faces-redirect=true&id=" + savedId;
    }

    @Override
    protected String inWords(String field, Object value) {
        if (value instanceof OpeningHours open) {
            return open.inWords(Formats.locale());
        }
        return value instanceof ClosureDay day ? Formats.date(day.date()) + " " + day.reason() : value.toString();
    }

    public void addHours() {
        hours.forEach(HoursRow::settle);
        HoursRow last = hours.isEmpty() ? null : hours.get(hours.size() - 1);
        hours.add(HoursRow.after(last));
    }

    public void removeHours(HoursRow row) {
        hours.remove(row);
    }

    public void addClosure() {
        closures.forEach(ClosureRow::settle);
        closures.add(new ClosureRow(null, ""));
    }

    public void removeClosure(ClosureRow row) {
        closures.remove(row);
    }

    public List<String> getZones() {
        return Zones.offered();
    }

    public List<RoomRow> getRooms() {
        return rooms;
    }

    public List<HoursRow> getHours() {
        return hours;
    }

    public List<ClosureRow> getClosures() {
        return closures;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getZone() {
        return zone;
    }

    public void setZone(String zone) {
        this.zone = zone;
    }

    public String getPhone() {
        return phone;
    }

    public void setPhone(String phone) {
        this.phone = phone;
    }

    public String getPlaceInMessages() {
        return placeInMessages;
    }

    public void setPlaceInMessages(String placeInMessages) {
        this.placeInMessages = placeInMessages;
    }

    public boolean isActive() {
        return active;
    }

    public void setActive(boolean active) {
        this.active = active;
    }

    /** One line of closure days. */
    public static final class ClosureRow implements Serializable {
        private static final long serialVersionUID = 1L;

        private @Nullable LocalDate date;
        private String reason;
        private boolean fresh;

        ClosureRow(@Nullable LocalDate date, String reason) {
            this.date = date;
            this.reason = reason;
            this.fresh = date == null;
        }

        ClosureDay typed() {
            if (date == null) {
                throw new Invalid("closureDays", "site.edit.closureIncomplete");
            }
            return new ClosureDay(date, reason.strip());
        }

        void settle() {
            fresh = false;
        }

        public boolean isFresh() {
            return fresh;
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
    }
}
