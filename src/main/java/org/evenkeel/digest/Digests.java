package org.evenkeel.digest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.evenkeel.digest.DigestOutbox.Due;
import org.evenkeel.platform.Configuration;
import org.evenkeel.platform.Recurring;
import org.evenkeel.reminder.Channel;
import org.evenkeel.reminder.Departure;
import org.evenkeel.reminder.Gateway;
import org.evenkeel.reminder.GatewayChoice;
import org.evenkeel.reminder.Outgoing;
import org.evenkeel.session.SessionFilter;
import org.evenkeel.session.SessionState;
import org.evenkeel.session.SessionView;
import org.evenkeel.session.SessionViews;
import org.jspecify.annotations.Nullable;

/**
 * Sends therapists their digests when it is time, over the gateway that reminders take. What a digest tells is read with the
 * therapist's own rights, and is on record as read by them.
 */
@ApplicationScoped
public class Digests implements Recurring {
    private static final System.Logger LOG = System.getLogger(Digests.class.getName());
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int MOST = 200;

    /** Digests are about no reminder. */
    private static final long NO_REMINDER = 0;

    private DigestOutbox outbox;
    private SessionViews sessions;
    private Configuration configuration;
    private Gateway gateway;

    @SuppressWarnings("NullAway.Init")
    protected Digests() {}

    @Inject
    Digests(DigestOutbox outbox, SessionViews sessions, Configuration configuration, GatewayChoice gateways) {
        this(
                outbox,
                sessions,
                configuration,
                gateways.all().stream()
                        .filter(g -> g.channel() == Channel.EMAIL)
                        .findFirst()
                        .orElseThrow());
    }

    Digests(DigestOutbox outbox, SessionViews sessions, Configuration configuration, Gateway gateway) {
        this.outbox = outbox;
        this.sessions = sessions;
        this.configuration = configuration;
        this.gateway = gateway;
    }

    @Override
    public String name() {
        return "digests";
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    /** One that fails never stops the others. While the mail server cannot be reached, none is claimed. */
    @Override
    public void run() {
        Gateway.@Nullable Line line = null;
        try {
            for (Due due : outbox.due()) {
                line = ready(line);
                try {
                    send(line, due);
                } catch (RuntimeException e) {
                    LOG.log(System.Logger.Level.WARNING, "{0} failed: {1}", due, e.getClass());
                }
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.INFO, "Digests wait for the mail server");
        } finally {
            if (line != null) {
                line.close();
            }
        }
    }

    private Gateway.Line ready(Gateway.@Nullable Line line) throws IOException {
        if (line != null && line.isReady()) {
            return line;
        }
        if (line != null) {
            line.close();
        }
        return gateway.open();
    }

    private void send(Gateway.Line line, Due due) {
        Optional<Outgoing> message = message(due);
        if (!outbox.claim(due)) {
            return;
        }
        if (message.isEmpty()) {
            outbox.end(due, DigestState.EMPTY);
        } else {
            outbox.end(due, line.send(message.get(), Departure.ANY_TIME).outcome());
        }
    }

    /** Empty if there is nothing to tell. */
    private Optional<Outgoing> message(Due due) {
        SessionFilter day =
                new SessionFilter(due.about(), due.about(), due.therapistId(), null, null, null, SessionState.BOOKED);
        List<SessionView> found =
                sessions.list(due.actor(), "digest", day, null, MOST).items();
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(new Outgoing(
                        NO_REMINDER,
                        Channel.EMAIL,
                        due.address(),
                        DigestText.subject(found, due.language()),
                        DigestText.body(found, due.language(), configuration.publicAddress()),
                        null,
                        List.of()));
    }
}
