package org.evenkeel.reminder;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to do about a patient's reminders when one of them is due: which are over, which have to wait, and which go out together in
 * one message. Nothing but rules; the {@link Outbox} carries it out.
 *
 * @param closed those that end without being sent
 * @param deferred those that may go out later
 * @param message what goes out now; null: nothing
 */
record Verdict(List<Closed> closed, List<Deferred> deferred, @Nullable Ready message) {

    /** Longer than a week of one message a day. */
    private static final int MOST_DEFERRALS = 16;

    record Closed(long id, ReminderState state, Reason reason) {}

    record Deferred(long id, Instant until, Reason reason) {}

    /**
     * A message that goes out.
     *
     * @param lead the reminder that it is sent for
     * @param told all reminders that it tells of, the lead among them, by the start of their sessions
     */
    record Ready(Pending lead, List<Pending> told, Channel channel) {

        /** What the message is about; a move is news, and says all that a reminder would. */
        Occasion occasion() {
            return told.stream()
                    .map(Pending::occasion)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }

        /** Whether it brings the appointments for the patient's calendar: by e-mail, of what stands, where the consent goes so far. */
        boolean invites(Disclosure allowed) {
            boolean stands =
                    told.stream().allMatch(p -> p.occasion() != Occasion.CANCELLED && p.occasion() != Occasion.OFFERED);
            return channel == Channel.EMAIL && stands && allowed.allows(Disclosure.PLACE);
        }

        /** Its text in a language. */
        Texts.Words words(Recipient to, String language, String answerLink, String stopLink) {
            return Texts.in(language)
                    .words(new Texts.Content(
                            lead.template(),
                            occasion(),
                            channel,
                            to.disclosure(channel),
                            to.givenName(),
                            told.stream().map(Pending::session).distinct().toList(),
                            answerLink,
                            stopLink));
        }
    }

    /**
     * @param wantedId the reminder whose moment has come
     * @param all what waits for the same patient
     */
    static Verdict of(long wantedId, List<Pending> all, Recipient to, Instant now) {
        List<Closed> closed = new ArrayList<>();
        List<Pending> open = new ArrayList<>();
        for (Pending pending : all) {
            Reason over = to.active() ? pending.over(now) : Reason.PATIENT_INACTIVE;
            if (over == null) {
                open.add(pending);
            } else {
                closed.add(new Closed(
                        pending.id(), over == Reason.STARTED ? ReminderState.EXPIRED : ReminderState.VOIDED, over));
            }
        }
        Optional<Pending> found = open.stream().filter(p -> p.id() == wantedId).findFirst();
        return found.map(wanted -> of(wanted, open, closed, to, now))
                .orElseGet(() -> new Verdict(closed, List.of(), null));
    }

    private static Verdict of(Pending wanted, List<Pending> open, List<Closed> closed, Recipient to, Instant now) {
        Channel channel = channel(wanted, to);
        if (channel == null) {
            Reason why = to.obstacle(wanted.channel());
            closed.add(new Closed(
                    wanted.id(), why == Reason.OPTED_OUT ? ReminderState.VOIDED : ReminderState.FAILED, why));
            return new Verdict(closed, List.of(), null);
        }
        List<Pending> told = open.stream()
                .filter(p -> p == wanted || (wanted.speaksFor(p, now) && channel == channel(p, to)))
                .sorted(Comparator.comparing((Pending p) -> p.session().start()).thenComparing(Pending::id))
                .toList();
        ZoneId zone = wanted.session().zone();
        Instant at = now;
        Reason why = Reason.QUIET_HOURS;
        if (to.hasHadEnough(channel, now, zone)) {
            why = Reason.CAP;
            at = now.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
        }
        Instant start = told.get(0).session().start();
        Optional<Instant> moment = QuietHours.USUAL.moment(at, start, now, zone);
        boolean tooEarly = why == Reason.CAP && moment.filter(at::isAfter).isPresent();
        if (moment.isEmpty() || tooEarly) {
            Reason expired = why;
            told.forEach(p -> closed.add(new Closed(p.id(), ReminderState.EXPIRED, expired)));
            return new Verdict(closed, List.of(), null);
        }
        if (moment.get().isAfter(now)) {
            Instant until = moment.get();
            Reason waits = why;
            return new Verdict(
                    closed,
                    told.stream().map(p -> new Deferred(p.id(), until, waits)).toList(),
                    null);
        }
        return new Verdict(closed, List.of(), new Ready(wanted, told, channel));
    }

    /**
     * What becomes of a reminder, as things stand.
     *
     * @param at when it goes out, or when it is over
     * @param message what goes out; null: nothing
     * @param why it waited until then, or is over; null: it does neither
     */
    record Foreseen(Instant at, @Nullable Ready message, @Nullable Reason why) {}

    /** What becomes of it, if it is looked at from then on, and again whenever it has had to wait. */
    static Foreseen foresee(long wantedId, List<Pending> all, Recipient to, Instant from) {
        Instant at = from;
        Reason why = null;
        for (int i = 0; i < MOST_DEFERRALS; i++) {
            Verdict verdict = of(wantedId, all, to, at);
            if (verdict.message() != null) {
                return new Foreseen(at, verdict.message(), why);
            }
            Optional<Closed> over =
                    verdict.closed().stream().filter(c -> c.id() == wantedId).findFirst();
            if (over.isPresent()) {
                return new Foreseen(at, null, over.get().reason());
            }
            Deferred deferred = verdict.deferred().stream()
                    .filter(d -> d.id() == wantedId)
                    .findFirst()
                    .orElseThrow();
            at = deferred.until();
            why = deferred.reason();
        }
        return new Foreseen(at, null, Reason.CAP);
    }

    /** Its own, or the next in the rule's order by which the patient is reached; null: none. */
    private static @Nullable Channel channel(Pending pending, Recipient to) {
        List<Channel> order = pending.channels();
        return Stream.concat(
                        Stream.of(pending.channel()),
                        order.subList(order.indexOf(pending.channel()) + 1, order.size()).stream())
                .filter(to::isReachedBy)
                .findFirst()
                .orElse(null);
    }
}
