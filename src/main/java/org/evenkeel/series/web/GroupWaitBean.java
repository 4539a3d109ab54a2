package org.evenkeel.series.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.patient.web.ShownName;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.series.Waitlist;
import org.evenkeel.series.WaitlistRow;
import org.evenkeel.session.Refused;
import org.evenkeel.shared.Invalid;
import org.jspecify.annotations.Nullable;

/** Who waits for a seat in the group that is shown: a seat is kept for them, given to them, or they wait no longer. */
@Named("groupWait")
@ViewScoped
public class GroupWaitBean implements Serializable {
    private static final long serialVersionUID = 1L;

    private transient Waitlist waitlist;
    private transient SignedIn signedIn;
    private transient Clock clock;
    private transient GroupPageBean page;
    private transient PlacingBean placing;

    @SuppressWarnings("NullAway.Init")
    protected GroupWaitBean() {}

    @Inject
    public GroupWaitBean(Waitlist waitlist, SignedIn signedIn, Clock clock, GroupPageBean page, PlacingBean placing) {
        this.waitlist = waitlist;
        this.signedIn = signedIn;
        this.clock = clock;
        this.page = page;
        this.placing = placing;
    }

    public @Nullable String place(WaitlistRow row) {
        String next = placing.place(row, page.today(), page.here());
        if (next == null) {
            page.open();
        }
        return next;
    }

    /** Keeps a seat for them for so many hours. */
    public @Nullable String offer(WaitlistRow row, int hours) {
        return attempt(() -> {
            var until = clock.instant().plus(Duration.ofHours(hours));
            int dates = waitlist.hold(signedIn.actor(), row.id(), until);
            Notices.done(
                    "waitlist.offered",
                    ShownName.of(row.patient()),
                    Formats.moment(until, page.group().zone()),
                    dates);
        });
    }

    public @Nullable String withdraw(WaitlistRow row) {
        return attempt(() -> {
            waitlist.withdraw(signedIn.actor(), row.id());
            Notices.done("waitlist.withdrawn", ShownName.of(row.patient()));
        });
    }

    private @Nullable String attempt(Runnable work) {
        try {
            work.run();
            return page.here();
        } catch (Refused e) {
            Told.beside("", e);
        } catch (Invalid e) {
            Notices.wrong("", Notices.text(e));
        }
        page.open();
        return null;
    }
}
