package org.evenkeel.reminder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import org.evenkeel.session.Change;
import org.evenkeel.session.SessionChanged;

/**
 * Whoever moves or cancels a session has the last word: a message about it as it stood has either left before that is acknowledged,
 * or never leaves (experiment 11). The claim of a message and the change of a session lock the same row, so one of them sees the other.
 */
@ApplicationScoped
public class LastWord {

    /** Messages about sessions that are farther off are news that is no reminder, and can wait for the next. */
    private static final Duration NEAR = Duration.ofMinutes(ReminderRuleDetails.MOST_LEAD);

    private Outbox outbox;
    private ChangedSessions sessions;

    @SuppressWarnings("NullAway.Init")
    protected LastWord() {}

    @Inject
    LastWord(Outbox outbox, ChangedSessions sessions) {
        this.outbox = outbox;
        this.sessions = sessions;
    }

    void changed(@Observes SessionChanged change) {
        boolean taken = change.kind() != Change.Kind.BOOKED && change.kind() != Change.Kind.ATTENDANCE;
        boolean near = change.slots().stream()
                .anyMatch(s -> s.start().isBefore(change.at().plus(NEAR)));
        if (taken && near) {
            sessions.add(change.sessionId());
        }
    }

    /** Once for all that the transaction has changed, while it holds their rows. */
    void complete(@Observes(during = TransactionPhase.BEFORE_COMPLETION) SessionChanged any) {
        outbox.awaitSendingOf(sessions.take());
    }
}
