package org.evenkeel.reminder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.identity.Actor;
import org.evenkeel.reminder.ReplyTokens.Purpose;
import org.evenkeel.reminder.Texts.Placeholder;
import org.evenkeel.session.PatientAnswers;
import org.evenkeel.session.PatientAnswers.Outcome;
import org.evenkeel.shared.DatabaseErrors;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/**
 * What patients answer by the links in their messages: whoever has the link is the patient, and is shown times and a phone number and
 * nothing else. A look changes nothing; after the start nothing changes any more.
 */
@ApplicationScoped
public class Replies {

    private static final int TRIES = 3;

    private EntityManager em;
    private Transactions transactions;
    private PatientAnswers answers;
    private Consents consents;
    private AuditTrail audit;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected Replies() {}

    @Inject
    public Replies(
            EntityManager em,
            Transactions transactions,
            PatientAnswers answers,
            Consents consents,
            AuditTrail audit,
            Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.answers = answers;
        this.consents = consents;
        this.audit = audit;
        this.clock = clock;
    }

    /** What any link shows. */
    public interface Shown {
        /** The tag of the patient's language. */
        String language();

        /** Whom to call. */
        String phone();
    }

    /**
     * What a link for an answer shows.
     *
     * @param appointments those that the message told of, earliest first
     */
    public record View(String language, String phone, List<Appointment> appointments) implements Shown {}

    /**
     * A time, and what the patient has said of it.
     *
     * @param number counts from 1 within the message, and stays the same when a session is moved
     * @param when on the wall of the site
     * @param says the key of the sentence about it, such as {@code page.confirmed}; "" if there is nothing to say
     * @param open whether it can still be answered
     * @param confirmed whether the patient has said that they will come
     * @param asked whether they have asked for another time
     */
    public record Appointment(int number, String when, String says, boolean open, boolean confirmed, boolean asked) {}

    /**
     * What the link to opt out shows.
     *
     * @param stopped whether the address gets no more messages
     */
    public record Stop(String language, String phone, boolean stopped) implements Shown {}

    /** What a link for an answer is about; empty for one that is unknown or has expired. */
    public Optional<View> look(String token) {
        return transactions.inNew(() -> {
            List<Told> told = told(token);
            Instant now = clock.instant();
            return told.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new View(
                            languageFor(told.get(0).language()),
                            told.get(0).phone(),
                            told.stream()
                                    .sorted(Comparator.comparing(Told::start))
                                    .map(t -> appointment(told.indexOf(t) + 1, t, now))
                                    .toList()));
        });
    }

    private static Appointment appointment(int number, Told told, Instant now) {
        String when = Texts.in(told.language()).when(told.start(), told.zone());
        boolean open = told.isOpen(now);
        boolean asked = told.answer() == Reply.OTHER;
        String says;
        if (open) {
            says = asked ? "page.asked" : told.confirmed() ? "page.confirmed" : "";
        } else {
            says = told.answer() == Reply.NO && !told.expected() ? "page.cancelled" : "page.over";
        }
        return new Appointment(number, when, says, open, told.confirmed() && !asked, asked);
    }

    /** The patient will come. */
    public void confirm(String token, int number) {
        answer(token, number, Reply.YES);
    }

    /** The patient will not come: the session is cancelled, or in a group their seat is free; late counts as late. */
    public void cancel(String token, int number) {
        answer(token, number, Reply.NO);
    }

    /** The patient wants another time: the desk calls, and until then nothing changes. */
    public void askAnother(String token, int number) {
        answer(token, number, Reply.OTHER);
    }

    /**
     * Carries an answer out; one that comes too late changes nothing.
     *
     * @param number which of the message's appointments
     * @throws NotFound if there is no such link or appointment
     */
    public void answer(String token, int number, Reply reply) {
        retrying(() -> {
            List<Told> told = told(token);
            if (number < 1 || number > told.size()) {
                throw new NotFound("link", "answer");
            }
            return apply(told.get(number - 1), reply);
        });
    }

    /** Carries an answer out in the caller's transaction and writes it down; one that comes too late changes nothing. */
    Outcome apply(Told told, Reply reply) {
        Outcome outcome =
                switch (reply) {
                    case YES -> answers.confirm(told.patientId(), told.sessionId(), told.revision());
                    case NO -> answers.cancel(told.patientId(), told.sessionId(), told.revision());
                    case OTHER -> told.isOpen(clock.instant()) ? Outcome.DONE : Outcome.TOO_LATE;
                };
        if (outcome != Outcome.TOO_LATE) {
            write(told, reply);
            if (reply == Reply.OTHER) {
                audit.record(
                        Actor.NOBODY,
                        new Entry(
                                "ASKED_ANOTHER",
                                "reply",
                                "session",
                                List.of(told.sessionId()),
                                List.of(told.patientId()),
                                "OK",
                                ""));
            }
        }
        return outcome;
    }

    /** One answer to each revision of a session, whichever message about it was answered: the last. */
    private void write(Told told, Reply reply) {
        Sql.on(em)
                .add(
                        "update reminder set answer = case when id = ? then ? end, answered_at = ?, settled_at = null, settled_by = null"
                                + " where session_id = ? and patient_id = ? and revision = ? and (id = ? or answer is not null)",
                        told.reminderId(),
                        reply,
                        clock.instant(),
                        told.sessionId(),
                        told.patientId(),
                        told.revision(),
                        told.reminderId())
                .update();
    }

    private List<Told> told(String token) {
        return ReplyTokens.find(em, token, Purpose.ANSWER, clock.instant())
                .map(known -> Told.by(em, known.reminderId()))
                .orElse(List.of());
    }

    /** What a link to opt out is about; empty for one that is unknown or has expired. */
    public Optional<Stop> lookStop(String token) {
        return transactions.inNew(() -> ReplyTokens.find(em, token, Purpose.STOP, clock.instant())
                .flatMap(known -> Told.by(em, known.reminderId()).stream()
                        .findFirst()
                        .map(told -> new Stop(languageFor(told.language()), told.phone(), isStopped(known.lookup())))));
    }

    private boolean isStopped(@Nullable String lookup) {
        return lookup != null
                && Sql.on(em)
                        .add("select 1 from opt_out where lookup = ?", lookup)
                        .exists();
    }

    /**
     * The address that the message went to wants no more; when this returns nothing is on its way to it.
     *
     * @throws NotFound if there is no such link
     */
    public void stop(String token) {
        String lookup = transactions
                .inNew(() -> ReplyTokens.find(em, token, Purpose.STOP, clock.instant())
                        .flatMap(known -> Optional.ofNullable(known.lookup())))
                .orElseThrow(() -> new NotFound("link", "stop"));
        consents.optOut(lookup, Consents.How.LINK);
    }

    /** A text of the links' pages, such as {@code page.confirm}, in a language, or in English where it has no texts. */
    public static String say(String language, String key, String phone) {
        Map<Placeholder, String> values = new EnumMap<>(Placeholder.class);
        values.put(Placeholder.PHONE, phone);
        return Texts.in(language).sentence(key, values);
    }

    /** This language, or English where it has no texts. */
    public static String languageFor(String tag) {
        return Texts.in(tag).locale().getLanguage();
    }

    /** Tries again after a lost race. */
    <T> T retrying(Supplier<T> work) {
        for (int left = TRIES; ; left--) {
            try {
                return transactions.inNew(work);
            } catch (RuntimeException e) {
                if (left == 1 || !DatabaseErrors.isTransient(e)) {
                    throw e;
                }
            }
        }
    }
}
