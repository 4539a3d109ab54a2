package org.evenkeel.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.evenkeel.identity.Actor;
import org.evenkeel.series.Groups;
import org.evenkeel.series.SeriesChanged;
import org.evenkeel.session.SessionChanged;
import org.evenkeel.session.SessionViews;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request that changes a session or a series. The answer is put together within the transaction of the change, so that it tells of
 * just that change, and so that an idempotency key and its answer are kept with it or not at all. What the rules refuse is an answer
 * too, and kept for the same key, unless what stands against it ends by itself.
 */
@RequestScoped
public class Answering {

    /** Where it is for, in the audit trail. */
    static final String PURPOSE = "api/sessions";

    private static final int OK = 200;

    private SessionViews sessions;
    private IdempotentAnswers answers;
    private Groups groups;
    private @Nullable String listening;
    private int status;
    private @Nullable IdempotencyKey key;
    private @Nullable Answer answer;

    @SuppressWarnings("NullAway.Init")
    protected Answering() {}

    @Inject
    public Answering(SessionViews sessions, Groups groups, IdempotentAnswers answers) {
        this.sessions = sessions;
        this.groups = groups;
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
        return to(actor, successStatus, name, Answer.SESSIONS, change);
    }

    /** A change of a session that is there already; answers with the session as it stands then. */
    Answer to(AskedOfSession asked, Runnable change) {
        return to(asked.actor(), OK, asked.key(), change);
    }

    /** @param about what the answer tells of: {@link Answer#SESSIONS} or {@link Answer#SERIES} */
    Answer to(Actor actor, int successStatus, @Nullable IdempotencyKey name, String about, Runnable change) {
        status = successStatus;
        key = name;
        answer = null;
        Optional<Answer> first = first(actor, name);
        return first.isPresent() ? first.get() : done(actor, name, about, change);
    }

    private Answer done(Actor actor, @Nullable IdempotencyKey name, String about, Runnable change) {
        try {
            listening = about;
            change.run();
        } catch (RuntimeException e) {
            Optional<Answer> first = first(actor, name);
            return first.isPresent() ? first.get() : refused(actor, name, e);
        } finally {
            listening = null;
        }
        if (answer == null) {
            throw new IllegalStateException("The change told nobody");
        }
        return answer;
    }

    /** What the rules have decided is an answer like any other; whatever else went wrong may go well the next time. */
    private Answer refused(Actor actor, @Nullable IdempotencyKey name, RuntimeException error) {
        Optional<Problem> problem = name == null ? Optional.empty() : ProblemMapper.refusal(error, name.path());
        if (name == null || problem.isEmpty() || ProblemMapper.isPassing(error)) {
            throw error;
        }
        Answer told = answers.keepRefusal(name, Answer.refusal(problem.get()));
        requireReader(actor, told);
        return told;
    }

    private Optional<Answer> first(Actor actor, @Nullable IdempotencyKey name) {
        Optional<Answer> first = name == null ? Optional.empty() : answers.find(name);
        first.ifPresent(kept -> requireReader(actor, kept));
        return first;
    }

    /** The reader's right to see it is checked anew, and the look is on record. */
    private void requireReader(Actor actor, Answer kept) {
        if (kept.isRefusal()) {
            sessions.requireReader(actor, PURPOSE, null);
        } else if (kept.about().equals(Answer.SERIES)) {
            groups.find(actor, PURPOSE, kept.id());
        } else {
            sessions.find(actor, PURPOSE, kept.id());
        }
    }

    /** Called within the transaction of the change, and not at all where the change comes from a page. */
    void on(@Observes(notifyObserver = Reception.IF_EXISTS) SessionChanged change) {
        if (!Answer.SESSIONS.equals(listening)) {
            return;
        }
        var session = sessions.changed(change.sessionId());
        keep(
                new Answer(
                        status,
                        Answer.SESSIONS,
                        session.id(),
                        session.version(),
                        JsonText.of(SessionDocument.of(session, change.told()))),
                change.at());
    }

    /** The same for series. */
    void on(@Observes(notifyObserver = Reception.IF_EXISTS) SeriesChanged change) {
        if (!Answer.SERIES.equals(listening)) {
            return;
        }
        var group = groups.changed(change.seriesId());
        keep(
                new Answer(status, Answer.SERIES, group.id(), group.version(), JsonText.of(SeriesDocument.of(group))),
                change.at());
    }

    private void keep(Answer made, Instant at) {
        if (key != null) {
            answers.keep(key, made, at);
        }
        answer = made;
    }
}
