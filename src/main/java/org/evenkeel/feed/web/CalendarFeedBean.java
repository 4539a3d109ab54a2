package org.evenkeel.feed.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.evenkeel.feed.CalendarFeed;
import org.evenkeel.feed.CalendarFeeds;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.Configuration;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.shared.Invalid;
import org.jspecify.annotations.Nullable;

/** The part of one's own account that is about one's calendar on other devices. */
@Named("calendarFeed")
@RequestScoped
public class CalendarFeedBean {
    private static final String NEW_ADDRESS = "newFeed";
    private static final String PAGE = "/identity/account?faces-redirect=true";

    private CalendarFeeds feeds;
    private Configuration configuration;
    private SignedIn signedIn;

    @SuppressWarnings("NullAway.Init")
    protected CalendarFeedBean() {}

    @Inject
    public CalendarFeedBean(CalendarFeeds feeds, Configuration configuration, SignedIn signedIn) {
        this.feeds = feeds;
        this.configuration = configuration;
        this.signedIn = signedIn;
    }

    public List<CalendarFeed> getAll() {
        return feeds.mine(signedIn.actor());
    }

    /** Creates an address and shows it on the page that follows, this once. */
    public @Nullable String create() {
        try {
            String address = configuration.publicAddress() + "/feed/" + feeds.create(signedIn.actor()) + ".ics";
            FacesContext.getCurrentInstance().getExternalContext().getFlash().put(NEW_ADDRESS, address);
            return PAGE;
        } catch (Invalid e) {
            Notices.invalid(e);
            return null;
        }
    }

    public String revoke(long feedId) {
        feeds.revoke(signedIn.actor(), feedId);
        Notices.done("feed.revoked");
        return PAGE;
    }

    /** Days of addresses are those of UTC. */
    public ZoneId getUtc() {
        return ZoneOffset.UTC;
    }
}
