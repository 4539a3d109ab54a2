package org.evenkeel.therapist.web;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Versioned;
import org.evenkeel.shared.WallTime;
import org.evenkeel.site.SiteDetails;
import org.evenkeel.site.SiteRegister;
import org.evenkeel.therapist.SessionsInTheWay;
import org.evenkeel.therapist.SessionsInTheWay.BookedSession;
import org.evenkeel.therapist.TherapistRegister;
import org.evenkeel.therapist.TimeOffPlanning;
import org.evenkeel.therapist.TimeOffRow;
import org.jspecify.annotations.Nullable;

/** The time off of one therapist: what is to come, and a form for more. Whole days, or hours on a site's clock. */
@Named("timeOff")
@ViewScoped
public class TimeOffBean implements Serializable {
    private static final long serialVersionUID = 1L;

    private transient TimeOffPlanning planning;
    private transient TherapistRegister register;
    private transient SiteRegister siteRegister;
    private transient SignedIn signedIn;

    private @Nullable Long therapist;
    private long site;
    private @Nullable LocalDate fromDate;
    private @Nullable LocalTime fromTime;
    private @Nullable LocalDate untilDate;
    private @Nullable LocalTime untilTime;
    private String reason = "";
    private transient List<TimeOffRow> rows = List.of();
    private transient List<Versioned<SiteDetails>> sites = List.of();
    private transient List<BookedSession> inTheWay = List.of();

    @SuppressWarnings("NullAway.Init")
    protected TimeOffBean() {}

    @Inject
    public TimeOffBean(
            TimeOffPlanning planning, TherapistRegister register, SiteRegister siteRegister, SignedIn signedIn) {
        this.planning = planning;
        this.register = register;
        this.siteRegister = siteRegister;
        this.signedIn = signedIn;
    }

    public void open() {
        sites = siteRegister.all(signedIn.actor());
        site = SiteChoices.home(
                sites, register.hours(signedIn.actor(), existing()).details().entries());
        rows = planning.upcoming(signedIn.actor(), existing());
    }

    public @Nullable String add() {
        inTheWay = List.of();
        try {
            planning.add(signedIn.actor(), existing(), typed(), reason, getZone());
            Notices.done("availability.edit.timeOffAdded");
            return page();
        } catch (SessionsInTheWay e) {
            if (signedIn.actor().hasAny(Role.DESK, Role.LEAD)) {
                return decide();
            }
            inTheWay = e.sessions();
            Notices.invalid(e);
        } catch (Invalid e) {
            Notices.invalid(e);
        }
        return null;
    }

    /** To the page that decides what becomes of the sessions; the reason stays out of the address. */
    private String decide() {
        TimeSlot slot = typed();
        FacesContext.getCurrentInstance().getExternalContext().getFlash().put("leave.reason", reason);
        return "/availability/leave?faces-redirect=true&therapist=" + existing() + "&from=" + slot.start() + "&until="
                + slot.end();
    }

    public String remove(TimeOffRow row) {
        planning.remove(signedIn.actor(), row.id());
        Notices.done("availability.edit.timeOffRemoved");
        return page();
    }

    /** Without a time it begins and ends with the day; without a last day it is over on the first. */
    private TimeSlot typed() {
        if (fromDate == null) {
            throw new Invalid("fromDate", "availability.edit.fromMissing");
        }
        LocalDate lastDay = untilDate == null ? fromDate : untilDate;
        boolean wholeDay = untilTime == null || untilTime.equals(LocalTime.MIDNIGHT);
        var start = WallTime.start("fromTime", fromDate, fromTime, getZone());
        var end = wholeDay
                ? lastDay.plusDays(1).atStartOfDay(getZone()).toInstant()
                : WallTime.at("untilTime", lastDay.atTime(untilTime), getZone());
        if (!start.isBefore(end)) {
            throw new Invalid("untilDate", "availability.edit.endBeforeStart");
        }
        return new TimeSlot(start, end);
    }

    private long existing() {
        if (therapist == null) {
            throw new NotFound("therapist", "");
        }
        return therapist;
    }

    private String page() {
        return "/availability/edit?faces-redirect=true&id=" + existing();
    }

    /** The zone that times are typed and shown in. */
    public ZoneId getZone() {
        return SiteChoices.zone(sites, site);
    }

    public ZoneId zoneOf(long siteId) {
        return SiteChoices.zone(sites, siteId);
    }

    public List<Versioned<SiteDetails>> getSites() {
        return sites;
    }

    public List<TimeOffRow> getRows() {
        return rows;
    }

    public String inWords(TimeOffRow row) {
        return Stretches.inWords(row.slot(), getZone());
    }

    /** Sessions for which the time off was refused. */
    public List<BookedSession> getInTheWay() {
        return inTheWay;
    }

    public @Nullable Long getTherapist() {
        return therapist;
    }

    public void setTherapist(@Nullable Long therapist) {
        this.therapist = therapist;
    }

    public long getSite() {
        return site;
    }

    public void setSite(long site) {
        this.site = site;
    }

    public @Nullable LocalDate getFromDate() {
        return fromDate;
    }

    public void setFromDate(@Nullable LocalDate fromDate) {
        this.fromDate = fromDate;
    }

    public @Nullable LocalTime getFromTime() {
        return fromTime;
    }

    public void setFromTime(@Nullable LocalTime fromTime) {
        this.fromTime = fromTime;
    }

    public @Nullable LocalDate getUntilDate() {
        return untilDate;
    }

    public void setUntilDate(@Nullable LocalDate untilDate) {
        this.untilDate = untilDate;
    }

    public @Nullable LocalTime getUntilTime() {
        return untilTime;
    }

    public void setUntilTime(@Nullable LocalTime untilTime) {
        this.untilTime = untilTime;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }
}
