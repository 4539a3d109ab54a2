package org.evenkeel.session.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.session.Refused;
import org.evenkeel.session.ZoneChange;
import org.evenkeel.shared.Stale;
import org.evenkeel.shared.Zones;
import org.jspecify.annotations.Nullable;

/** The page on which a site gets another time zone: first what it would do, then doing it. */
@Named("siteZone")
@ViewScoped
public class ZoneBean implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient ZoneChange zoneChange;

    @Inject
    private transient SignedIn signedIn;

    private long site;
    private String zone = "";
    private transient ZoneChange.@Nullable Preview preview;

    /** Opens the page with the zone as it is. */
    public void open() {
        ZoneChange.Preview now = zoneChange.preview(signedIn.actor(), site, ZoneId.of("UTC"));
        if (zone.isEmpty()) {
            zone = now.from().getId();
        }
        preview = zoneChange.preview(signedIn.actor(), site, now.from());
    }

    public void show() {
        ZoneId to = zone();
        if (to != null) {
            preview = zoneChange.preview(signedIn.actor(), site, to);
        }
    }

    public @Nullable String change() {
        ZoneId to = zone();
        ZoneChange.Preview shown = preview;
        if (to == null || shown == null) {
            return null;
        }
        try {
            ZoneChange.Preview done = zoneChange.apply(signedIn.actor(), site, shown.version(), to);
            preview = done;
            if (!done.isClear()) {
                return null;
            }
            Notices.done("site.zone.done", done.sessions());
            return "/site/zone?faces-redirect=true&site=" + site;
        } catch (Stale e) {
            Notices.wrong("", Notices.text("site.zone.stale"));
            show();
            return null;
        } catch (Refused e) {
            Notices.wrong("", Words.of(e));
            return null;
        }
    }

    private @Nullable ZoneId zone() {
        try {
            return ZoneId.of(zone.strip());
        } catch (DateTimeException e) {
            Notices.wrong("zone", Notices.text("site.zone.unknown"));
            return null;
        }
    }

    public List<String> getZones() {
        return Zones.offered();
    }

    public ZoneChange.@Nullable Preview getPreview() {
        return preview;
    }

    public long getSite() {
        return site;
    }

    public void setSite(long site) {
        this.site = site;
    }

    public String getZone() {
        return zone;
    }

    public void setZone(String zone) {
        this.zone = zone;
    }
}
