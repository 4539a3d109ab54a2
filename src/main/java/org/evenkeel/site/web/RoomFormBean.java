package org.evenkeel.site.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.EditForm;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Versioned;
import org.evenkeel.site.RoomDetails;
import org.evenkeel.site.SiteRegister;
import org.jspecify.annotations.Nullable;

/** The form of a room. */
@Named("roomForm")
@ViewScoped
public class RoomFormBean extends EditForm<RoomDetails> {
    private static final long serialVersionUID = 1L;

    private transient SiteRegister register;
    private transient SignedIn signedIn;

    private @Nullable Long site;
    private String siteName = "";
    private String name = "";
    private int capacity = 4;
    private int turnoverMinutes;
    private boolean telehealth;
    private boolean active = true;
    private int sessionsAhead;

    @SuppressWarnings("NullAway.Init")
    protected RoomFormBean() {}

    @Inject
    public RoomFormBean(SiteRegister register, SignedIn signedIn) {
        this.register = register;
        this.signedIn = signedIn;
    }

    @Override
    public void open() {
        signedIn.require("change rooms", Role.LEAD, Role.ADMIN);
        super.open();
        siteName = register.find(signedIn.actor(), siteId()).details().name();
    }

    private long siteId() {
        if (site == null) {
            throw new NotFound("site", "");
        }
        return site;
    }

    @Override
    protected Versioned<RoomDetails> read(long existing) {
        return register.findRoom(signedIn.actor(), existing);
    }

    @Override
    protected void show(RoomDetails details) {
        site = details.siteId();
        name = details.name();
        capacity = details.capacity();
        turnoverMinutes = details.turnoverMinutes();
        telehealth = details.telehealth();
        active = details.active();
    }

    @Override
    protected RoomDetails typed() {
        return new RoomDetails(siteId(), name, capacity, turnoverMinutes, telehealth, active);
    }

    @Override
    protected long create(RoomDetails details) {
        return register.addRoom(signedIn.actor(), details);
    }

    @Override
    protected void change(long existing, long version, RoomDetails details) {
        sessionsAhead = register.changeRoom(signedIn.actor(), existing, version, details);
    }

    @Override
    protected String saved(long savedId) {
        if (sessionsAhead > 0) {
            Notices.done("site.room.savedWithSessions", name, sessionsAhead);
        } else {
            Notices.done(active ? "site.room.saved" : "site.room.savedInactive", name);
        }
        return "/site/edit?faces-redirect=true&id=" + siteId();
    }

    public @Nullable Long getSite() {
        return site;
    }

    public void setSite(@Nullable Long site) {
        this.site = site;
    }

    public String getSiteName() {
        return siteName;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public int getCapacity() {
        return capacity;
    }

    public void setCapacity(int capacity) {
        this.capacity = capacity;
    }

    public int getTurnoverMinutes() {
        return turnoverMinutes;
    }

    public void setTurnoverMinutes(int turnoverMinutes) {
        this.turnoverMinutes = turnoverMinutes;
    }

    public boolean isTelehealth() {
        return telehealth;
    }

    public void setTelehealth(boolean telehealth) {
        this.telehealth = telehealth;
    }

    public boolean isActive() {
        return active;
    }

    public void setActive(boolean active) {
        this.active = active;
    }
}
