package org.evenkeel.reminder;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.evenkeel.patient.Contact;
import org.evenkeel.patient.Contacts;
import org.evenkeel.reminder.Texts.Placeholder;
import org.evenkeel.session.PatientAnswers.Outcome;
import org.evenkeel.shared.Sql;

/**
 * What patients answer by text message. YES and NO mean the one session that they were told of and have not answered yet, if the last
 * message was about it; else, or of several, they are asked which (acceptance case A42). Where that asked for no answer, or several
 * patients were told by one phone, whatever they have answered, it is for the desk to ask (A43).
 */
@ApplicationScoped
public class SmsReplies {

    /** More are not listed in a message. */
    private static final int MOST_CHOICES = 3;

    private static final Duration QUESTION_STANDS = Duration.ofDays(1);

    private EntityManager em;
    private Contacts contacts;
    private Consents consents;
    private Replies replies;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected SmsReplies() {}

    @Inject
    public SmsReplies(EntityManager em, Contacts contacts, Consents consents, Replies replies, Clock clock) {
        this.em = em;
        this.contacts = contacts;
        this.consents = consents;
        this.replies = replies;
        this.clock = clock;
    }

    /** Who writes: one phone, and the patients who have it. */
    private record Sender(String lookup, List<String> languages, List<Long> patients) {

        /** That of all who have the phone. */
        Texts texts() {
            return Texts.in(languages.size() == 1 ? languages.get(0) : Texts.FALLBACK);
        }
    }

    /**
     * Carries out what a message says.
     *
     * @param from the number of the phone that it came from
     * @param receipt the provider's name for the message: one that comes twice is answered once
     * @return what to answer; empty: nothing
     */
    public Optional<String> receive(String from, String message, String receipt) {
        Optional<Word> word = Word.of(message);
        Sender sender = replies.retrying(() -> sender(from));
        if (word.filter(w -> w == Word.STOP).isPresent()) {
            consents.optOut(sender.lookup(), Consents.How.STOP);
            return Optional.of(sender.texts().sentence("reply.stopped", Map.of()));
        }
        if (word.filter(w -> w == Word.START).isPresent()) {
            return once(receipt, () -> {
                consents.optIn(sender.lookup());
                return sender.texts().sentence("reply.started", Map.of());
            });
        }
        return sender.patients().isEmpty() ? Optional.empty() : once(receipt, () -> answer(sender, word, message));
    }

    /** What comes of a message, if it is the first time that it comes. */
    private Optional<String> once(String receipt, Supplier<String> answer) {
        return replies.retrying(() -> isNew(receipt) ? Optional.of(answer.get()) : Optional.empty());
    }

    private Sender sender(String from) {
        record Known(long patient, String language) {}
        String lookup = contacts.lookup(new Contact(Contact.Kind.PHONE, from));
        List<Known> known = Sql.on(em)
                .add(
                        "select distinct p.id, p.language from contact_point c join patient p on p.id = c.patient_id"
                                + " where c.lookup = ? order by p.id",
                        lookup)
                .list(r -> new Known(r.id(1), r.text(2)));
        return new Sender(
                lookup,
                known.stream().map(Known::language).distinct().toList(),
                known.stream().map(Known::patient).toList());
    }

    /** Receipts are kept for good: nothing in a signed call says when it was made, and none may undo what was said since. */
    private boolean isNew(String receipt) {
        if (Sql.on(em)
                .add("select 1 from incoming_message where receipt = ?", receipt)
                .exists()) {
            return false;
        }
        return Sql.on(em)
                        .add("insert into incoming_message (receipt, at) values (?, ?)", receipt, clock.instant())
                        .update()
                > 0;
    }

    private String answer(Sender sender, Optional<Word> word, String message) {
        List<Told> open = Told.open(em, sender.lookup(), clock.instant());
        List<Told> last = Told.last(em, sender.lookup());
        Optional<Chosen> chosen = word.map(w -> meant(w == Word.YES ? Reply.YES : Reply.NO, open, last))
                .or(() -> Word.number(message).flatMap(number -> chosen(sender, open, number)));
        forget(sender);
        if (chosen.isEmpty()
                || chosen.get().told().isEmpty()
                || ofSeveral(Stream.concat(open.stream(), last.stream()))) {
            return call(sender, open);
        }
        return chosen.get().clear()
                ? carryOut(sender, chosen.get().told().get(0), chosen.get().reply(), open)
                : ask(sender, chosen.get());
    }

    /**
     * An answer, and the sessions that it may be meant for.
     *
     * @param clear whether there is one, and no doubt about it
     */
    private record Chosen(Reply reply, List<Told> told, boolean clear) {}

    /**
     * What they have not answered yet; if they have answered all, they think better of it. If that is not what the last message asks
     * about, they may mean either; if that asks about nothing, nobody knows.
     */
    private static Chosen meant(Reply reply, List<Told> open, List<Told> last) {
        List<Told> pending = open.stream().filter(t -> t.answer() == null).toList();
        List<Told> usual = pending.isEmpty() ? open : pending;
        if (usual.stream().anyMatch(t -> t.isAmong(last))) {
            return new Chosen(reply, usual, usual.size() == 1);
        }
        List<Told> either =
                open.stream().filter(t -> usual.contains(t) || t.isAmong(last)).toList();
        return new Chosen(reply, last.isEmpty() ? List.of() : either, false);
    }

    private static boolean ofSeveral(Stream<Told> told) {
        return told.map(Told::patientId).distinct().count() > 1;
    }

    private String carryOut(Sender sender, Told told, Reply reply, List<Told> open) {
        if (replies.apply(told, reply) == Outcome.TOO_LATE) {
            return call(sender, open);
        }
        Texts texts = Texts.in(told.language());
        Map<Placeholder, String> values = new EnumMap<>(Placeholder.class);
        values.put(Placeholder.WHEN, texts.when(told.start(), told.zone()));
        values.put(Placeholder.PHONE, told.phone());
        return texts.sentence(reply == Reply.YES ? "reply.confirmed" : "reply.cancelled", values);
    }

    private String ask(Sender sender, Chosen chosen) {
        List<Told> told = chosen.told();
        if (told.size() > MOST_CHOICES) {
            return call(sender, told);
        }
        Instant now = clock.instant();
        Texts texts = Texts.in(told.get(0).language());
        for (int number = 1; number <= told.size(); number++) {
            Sql.on(em)
                    .add(
                            "insert into reply_question (lookup, number, wish, reminder_id, asked_at) values (?, ?, ?, ?, ?)",
                            sender.lookup(),
                            number,
                            chosen.reply(),
                            told.get(number - 1).reminderId(),
                            now)
                    .update();
        }
        String options = IntStream.rangeClosed(1, told.size())
                .mapToObj(number -> option(texts, number, told.get(number - 1)))
                .collect(Collectors.joining(texts.sentence("or", Map.of())));
        return texts.sentence("reply.which", Map.of(Placeholder.WHEN, options));
    }

    private static String option(Texts texts, int number, Told told) {
        return texts.sentence(
                "reply.option",
                Map.of(
                        Placeholder.NUMBER,
                        Integer.toString(number),
                        Placeholder.WHEN,
                        texts.when(told.start(), told.zone())));
    }

    /** What the number stood for when it was last asked which. */
    private Optional<Chosen> chosen(Sender sender, List<Told> open, int number) {
        record Asked(Reply wish, long sessionId) {}
        Optional<Asked> asked = Sql.on(em)
                .add(
                        "select q.wish, m.session_id from reply_question q join reminder m on m.id = q.reminder_id"
                                + " where q.number = ? and q.asked_at > ? and q.lookup = ?",
                        number,
                        clock.instant().minus(QUESTION_STANDS),
                        sender.lookup())
                .first(r -> new Asked(r.constant(1, Reply.class), r.id(2)));
        return asked.map(a -> new Chosen(
                a.wish(),
                open.stream().filter(t -> t.sessionId() == a.sessionId()).toList(),
                true));
    }

    private void forget(Sender sender) {
        Sql.on(em)
                .add("delete from reply_question where lookup = ?", sender.lookup())
                .update();
    }

    private String call(Sender sender, List<Told> told) {
        String phone = told.stream().map(Told::phone).findFirst().orElseGet(() -> phone(sender));
        return sender.texts().sentence("reply.call", Map.of(Placeholder.PHONE, phone));
    }

    /** That of the site which wrote to them last. */
    private String phone(Sender sender) {
        return Sql.on(em)
                .add(
                        "select i.phone from reminder m join session s on s.id = m.session_id join site i on i.id = s.site_id"
                                + " where m.patient_id in")
                .in(sender.patients())
                .add("order by m.id desc fetch first 1 rows only")
                .first(r -> r.text(1))
                .or(() -> Sql.on(em)
                        .add("select phone from site order by id fetch first 1 rows only")
                        .first(r -> r.text(1)))
                .orElse("");
    }
}
