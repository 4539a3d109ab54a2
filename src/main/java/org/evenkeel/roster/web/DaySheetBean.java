package org.evenkeel.roster.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.LocalDate;
import java.util.List;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.identity.web.Me;
import org.evenkeel.roster.DaySheet;
import org.evenkeel.roster.DaySheets;
import org.evenkeel.roster.Roster;
import org.evenkeel.session.SessionView.Attendee;
import org.evenkeel.shared.Initials;
import org.evenkeel.shared.Versioned;
import org.evenkeel.site.SiteDetails;
import org.evenkeel.site.SiteRegister;
import org.evenkeel.therapist.TherapistChoice;
import org.evenkeel.therapist.TherapistRegister;
import org.jspecify.annotations.Nullable;

/** The day sheet. The address carries what it is of, as {@link SheetOf} reads it. */
@Named("daySheet")
@RequestScoped
public class DaySheetBean {

    private final DaySheets sheets;
    private final Roster roster;
    private final TherapistRegister therapists;
    private final SiteRegister sites;
    private final SignedIn signedIn;
    private final Me me;

    private String date = "";
    private String therapist = "";
    private String site = "";
    private String initials = "";
    private @Nullable DaySheet sheet;

    @Inject
    public DaySheetBean(
            DaySheets sheets,
            Roster roster,
            TherapistRegister therapists,
            SiteRegister sites,
            SignedIn signedIn,
            Me me) {
        this.sheets = sheets;
        this.roster = roster;
        this.therapists = therapists;
        this.sites = sites;
        this.signedIn = signedIn;
        this.me = me;
    }

    @SuppressWarnings("NullAway")
    protected DaySheetBean() {
        this(null, null, null, null, null, null);
    }

    /** Reads the sheet. */
    public void open() {
        SheetOf asked = SheetOf.of(date, therapist, site, initials);
        LocalDate day = asked.date() == null ? roster.today(signedIn.actor().therapistId()) : asked.date();
        date = day.toString();
        sheet = sheets.of(signedIn.actor(), day, asked.therapist(), asked.site());
    }

    /** Names are shown unless initials are asked for, or screens are discreet. */
    public String name(Attendee who) {
        return isShort() ? Initials.of(who.name()) : who.name();
    }

    public boolean isShort() {
        return me.isDiscreet() || isInitialsAsked();
    }

    public boolean isInitialsAsked() {
        return SheetOf.of(date, therapist, site, initials).initials();
    }

    /** Whether other therapists' days can be chosen. */
    public boolean isAnyones() {
        return signedIn.actor().hasAny(Role.DESK, Role.LEAD);
    }

    public List<TherapistChoice> getTherapists() {
        return therapists.choices(signedIn.actor());
    }

    public List<Versioned<SiteDetails>> getSites() {
        return sites.all(signedIn.actor());
    }

    public @Nullable DaySheet getSheet() {
        return sheet;
    }

    /** The same as a file. */
    public String getFileAddress() {
        return SheetOf.of(date, therapist, site, isShort() ? "true" : "").address("/roster/sheet.csv");
    }

    /** The same so many days later. */
    public String address(int days) {
        SheetOf asked = SheetOf.of(date, therapist, site, initials);
        LocalDate day = asked.date();
        return day == null
                ? asked.address("/roster/sheet")
                : new SheetOf(day.plusDays(days), asked.therapist(), asked.site(), asked.initials())
                        .address("/roster/sheet");
    }

    public String getDate() {
        return date;
    }

    public void setDate(@Nullable String date) {
        this.date = date == null ? "" : date;
    }

    public String getTherapist() {
        return therapist;
    }

    public void setTherapist(@Nullable String therapist) {
        this.therapist = therapist == null ? "" : therapist;
    }

    public String getSite() {
        return site;
    }

    public void setSite(@Nullable String site) {
        this.site = site == null ? "" : site;
    }

    public String getInitials() {
        return initials;
    }

    public void setInitials(@Nullable String initials) {
        this.initials = initials == null ? "" : initials;
    }
}
