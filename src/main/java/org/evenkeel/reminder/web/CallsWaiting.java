package org.evenkeel.reminder.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.reminder.ReminderList;

/** How many lines of the desk's list call for a telephone: the number in the navigation, counted a few times a minute at most. */
@Named("callsWaiting")
@ApplicationScoped
public class CallsWaiting {
    private static final Duration FRESH = Duration.ofSeconds(20);

    private ReminderList list;
    private SignedIn signedIn;
    private Clock clock;
    private volatile Counted last = new Counted(0, Instant.MIN);

    @SuppressWarnings("NullAway.Init")
    protected CallsWaiting() {}

    @Inject
    public CallsWaiting(ReminderList list, SignedIn signedIn, Clock clock) {
        this.list = list;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    private record Counted(int number, Instant until) {}

    /** 0 for whoever has nothing to do with them. */
    public int getNumber() {
        Actor actor = signedIn.actor();
        if (!actor.hasAny(Role.DESK, Role.LEAD)) {
            return 0;
        }
        Instant now = clock.instant();
        Counted counted = last;
        if (!counted.until().isAfter(now)) {
            counted = new Counted(list.toCall(actor), now.plus(FRESH));
            last = counted;
        }
        return counted.number();
    }

    /** Somebody has just dealt with one. */
    void forget() {
        last = new Counted(0, Instant.MIN);
    }
}
