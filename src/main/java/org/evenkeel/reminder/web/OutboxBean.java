package org.evenkeel.reminder.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.reminder.DevelopmentOutbox;
import org.evenkeel.reminder.GatewayChoice;
import org.evenkeel.reminder.NextMessage;
import org.evenkeel.reminder.Reason;
import org.evenkeel.session.web.BookingChoices;

/** What would have gone out, where nothing is really sent. */
@Named("outboxPage")
@RequestScoped
public class OutboxBean {
    private static final Pattern LINK = Pattern.compile("https?://\\S+");

    private final DevelopmentOutbox outbox;
    private final GatewayChoice gateways;
    private final BookingChoices places;
    private final SignedIn signedIn;
    private final Clock clock;

    private DevelopmentOutbox.Contents contents = DevelopmentOutbox.Contents.NOTHING;

    @Inject
    public OutboxBean(
            DevelopmentOutbox outbox, GatewayChoice gateways, BookingChoices places, SignedIn signedIn, Clock clock) {
        this.outbox = outbox;
        this.gateways = gateways;
        this.places = places;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    @SuppressWarnings("NullAway")
    protected OutboxBean() {
        this(null, null, null, null, null);
    }

    public void open() {
        contents = outbox.contents(signedIn.actor());
    }

    public DevelopmentOutbox.Contents getContents() {
        return contents;
    }

    /** Whether it goes out with the next round, which is a matter of seconds. */
    public boolean isSoon(NextMessage message) {
        return message.goesOut() && !message.at().isAfter(clock.instant());
    }

    /** Why it does not go out now, or not at all; "" if it does. */
    public String why(NextMessage message) {
        Reason why = message.why();
        if (why != null) {
            return Notices.text("reminder.reason." + why);
        }
        return isSoon(message) ? "" : Notices.text("reminder.outbox.notDue");
    }

    /** A stretch of a message: a link that patients would follow, or the words around it. */
    public record Piece(String text, boolean link) {}

    /** The text of a message with its links apart, so that somebody can try them. */
    public List<Piece> pieces(DevelopmentOutbox.Shown message) {
        List<Piece> pieces = new ArrayList<>();
        Matcher link = LINK.matcher(message.body());
        int from = 0;
        while (link.find()) {
            pieces.add(new Piece(message.body().substring(from, link.start()), false));
            pieces.add(new Piece(link.group(), true));
            from = link.end();
        }
        pieces.add(new Piece(message.body().substring(from), false));
        return pieces;
    }

    /** Whether messages only pretend to leave. */
    public boolean isInUse() {
        return gateways.isPretending();
    }

    /** Whose clock is shown: the first site's. */
    public ZoneId getZone() {
        return places.getSites().stream()
                .findFirst()
                .map(BookingChoices.SiteChoice::zone)
                .orElse(ZoneId.of("UTC"));
    }
}
