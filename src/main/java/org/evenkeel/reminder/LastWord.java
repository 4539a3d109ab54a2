package org.evenkeel.reminder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.TreeSet;
import org.evenkeel.platform.AtCommit;
import org.evenkeel.session.Change;
import org.evenkeel.session.SessionChanged;

/**
 * Whoever moves or cancels a session has the last word: a message about it as it stood has either left before that is acknowledged,
 * or never leaves (experiment 11). The claim of a message and the change of a session lock the same row, so one of them sees the other.
 */
@ApplicationScoped
public class LastWord {

    private Outbox outbox;
    private AtCommit atCommit;

    @SuppressWarnings("NullAway.Init")
    protected LastWord() {}

    @Inject
    LastWord(Outbox outbox, AtCommit atCommit) {
        this.outbox = outbox;
        this.atCommit = atCommit;
    }

    void changed(@Observes SessionChanged change) {
        if (change.kind() != Change.Kind.BOOKED && change.kind() != Change.Kind.ATTENDANCE) {
            atCommit.gathered(Changed.class, Changed::new, this::awaitSending)
                    .ids
                    .add(change.sessionId());
        }
    }

    /** The sessions that a transaction has changed, and that a message may be leaving about. */
    private static final class Changed {
        final TreeSet<Long> ids = new TreeSet<>();
    }

    /** Once for all that the transaction has changed, while it holds their rows. */
    private void awaitSending(Changed changed) {
        outbox.awaitSendingOf(changed.ids);
    }
}
