package org.evenkeel.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import java.util.Optional;
import org.evenkeel.identity.Actor;
import org.evenkeel.session.SessionChanged;
import org.evenkeel.session.SessionViews;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request that changes a session. The answer is put together within the transaction of the change, so that it tells of
 * just that change, and so that an idempotency key and its answer are kept with it or not at all.
 */
@RequestScoped
public class Answering {

    /** Where it is for, in the audit trail. */
    static final String PURPOSE = "api/sessions";

    private SessionViews sessions;
    private IdempotentAnswers answers;
    private boolean listening;
    private int status;
    private @Nullable IdempotencyKey key;
    private @Nullable Answer answer;

    @SuppressWarnings("NullAway.Init")
    protected Answering() {}

    @Inject
    public Answering(SessionViews sessions, IdempotentAnswers answers) {
        this.sessions = sessions;
        this.answers = answers;
    }

    /**
     * Does the change and answers, or tells the first answer to the same request. Of two that come at once one does the change
     * and the other is told of it.
     *
     * @param successStatus of the answer to a change that is done
     * @param name how the client names the request; null: not at all, and a repeat is a request of its own
     */
    Answer to(Actor actor, int successStatus, @Nullable IdempotencyKey name, Runnable change) {
        status = successStatus;
        key = name;
        answer = null;
        Optional<Answer> first = first(actor, name);
        return first.isPresent() ? first.get() : done(actor, name, change);
    }

    private Answer done(Actor actor, @Nullable IdempotencyKey name, Runnable change) {
        try {
            listening = true;
            change.run();
        } catch (RuntimeException e) {
            Optional<Answer> first = first(actor, name);
            if (first.isPresent()) {
                return first.get();
            }
            throw e;
        } finally {
            listening = false;
        }
        if (answer == null) {
            throw new IllegalStateException("The change told nobody");
        }
        return answer;
    }

    /** The reader's right to see it is checked anew, and the look is on record. */
    private Optional<Answer> first(Actor actor, @Nullable IdempotencyKey name) {
        Optional<Answer> first = name == null ? Optional.empty() : answers.find(name);
        first.ifPresent(kept -> sessions.find(actor, PURPOSE, kept.sessionId()));
        return first;
    }

    /** Called within the transaction of the change, and not at all where the change comes from a page. */
    void on(@Observes(notifyObserver = Reception.IF_EXISTS) SessionChanged change) {
        if (!listening) {
            return;
        }
        var session = sessions.changed(change.sessionId());
        Answer made = new Answer(
                status, session.id(), session.version(), JsonText.of(SessionDocument.of(session, change.told())));
        if (key != null) {
            answers.keep(key, made, change.at());
        }
        answer = made;
    }
}
