package org.evenkeel.reminder;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** @param channel that it would have gone by */
    record Closed(long id, ReminderState state, Reason reason, Channel channel) {}

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

        /**
         * Whether it brings the appointments that stand for the patient's calendar: by e-mail, where the consent goes so far. A seat
         * that is offered is none yet.
         */
        boolean invites(Disclosure allowed) {
            boolean offered = told.stream().anyMatch(p -> p.occasion() == Occasion.OFFERED);
            return channel == Channel.EMAIL && !offered && !standing().isEmpty() && allowed.allows(Disclosure.PLACE);
        }

        /** The sessions that it does not tell to be cancelled. */
        List<Pending.About> standing() {
            return sessions(false);
        }

        private List<Pending.About> sessions(boolean cancelled) {
            return told.stream()
                    .filter(p -> cancelled == (p.occasion() == Occasion.CANCELLED))
                    .map(Pending::session)
                    .distinct()
                    .toList();
        }

        /** Its text in a language. */
        Texts.Words words(Recipient to, String language, String answerLink, String stopLink) {
            List<Pending.About> standing = standing();
            List<Pending.About> cancelled = sessions(true);
            return Texts.in(language)
                    .words(new Texts.Content(
                            lead.template(),
                            occasion(),
                            channel,
                            to.disclosure(channel),
                            to.givenName(),
                            standing.isEmpty() ? cancelled : standing,
                            answerLink,
                            stopLink,
                            standing.isEmpty() ? List.of() : cancelled));
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
                        pending.id(),
                        over == Reason.STARTED ? ReminderState.EXPIRED : ReminderState.VOIDED,
                        over,
                        pending.channel()));
            }
        }
        Optional<Pending> found = open.stream().filter(p -> p.id() == wantedId).findFirst();
        return found.map(wanted -> of(wanted, open, closed, to, now))
                .orElseGet(() -> new Verdict(closed, List.of(), null));
    }

    private static Verdict of(Pending wanted, List<Pending> open, List<Closed> closed, Recipient to, Instant now) {
        Channel channel = channel(wanted, to);
        if (channel == null) {
            Channel meant = to.meant(wanted.order());
            Reason why = to.obstacle(meant);
            closed.add(new Closed(
                    wanted.id(), why == Reason.OPTED_OUT ? ReminderState.VOIDED : ReminderState.FAILED, why, meant));
            return new Verdict(closed, List.of(), null);
        }
        List<Pending> told = open.stream()
                .filter(p -> p == wanted || (wanted.speaksFor(p, now) && channel == channel(p, to)))
                .sorted(Comparator.comparing((Pending p) -> p.session().start()).thenComparing(Pending::id))
                .toList();
        ZoneId zone = to.zoneFor(wanted.session());
        Instant at = now;
        Reason why = Reason.QUIET_HOURS;
        if (to.hasHadEnough(channel, told, now, zone)) {
            why = Reason.CAP;
            at = now.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
        }
        Moments moments = new Moments(at, why, now, zone);
        List<Pending> late = told.stream().filter(p -> moments.of(p).isEmpty()).toList();
        if (!late.isEmpty()) {
            late.forEach(
                    p -> closed.add(new Closed(p.id(), ReminderState.EXPIRED, p.expiry(moments.why()), p.channel())));
            List<Pending> left = open.stream().filter(p -> !late.contains(p)).toList();
            Stream<Pending> next = Stream.concat(Stream.of(wanted), told.stream());
            return next.filter(left::contains)
                    .findFirst()
                    .map(p -> of(p, left, closed, to, now))
                    .orElseGet(() -> new Verdict(closed, List.of(), null));
        }
        Instant moment = moments.of(told.get(0)).orElseThrow();
        if (moment.isAfter(now)) {
            return new Verdict(
                    closed,
                    told.stream()
                            .map(p -> new Deferred(p.id(), moment, moments.why()))
                            .toList(),
                    null);
        }
        return new Verdict(closed, List.of(), new Ready(wanted, told, channel));
    }

    /**
     * When what is told of now may go out.
     *
     * @param at from when on
     * @param why not before
     */
    private record Moments(Instant at, Reason why, Instant now, ZoneId zone) {

        /** Empty: there is none before its session. A cap leaves none before it ends, be it an evening that is better than the morning. */
        Optional<Instant> of(Pending pending) {
            return QuietHours.USUAL
                    .moment(at, pending.session().start(), now, zone)
                    .filter(m -> why != Reason.CAP || !m.isBefore(at));
        }
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

    /**
     * What becomes of all that waits for a patient, by the reminders' ids, one message after the other as rounds would send them: each
     * counts for those after it.
     */
    static Map<Long, Foreseen> foresee(List<Pending> all, Recipient to, Instant now) {
        Map<Long, Foreseen> foreseen = new HashMap<>();
        Map<Long, Pending> open = new HashMap<>();
        Map<Long, Reason> waits = new HashMap<>();
        all.forEach(p -> open.put(p.id(), p));
        Recipient reached = to;
        for (int left = all.size() * MOST_DEFERRALS; left > 0 && !open.isEmpty(); left--) {
            Pending next = open.values().stream()
                    .min(Comparator.comparing(Pending::sendAt).thenComparing(Pending::id))
                    .orElseThrow();
            Instant at = next.sendAt().isAfter(now) ? next.sendAt() : now;
            Verdict verdict = of(next.id(), List.copyOf(open.values()), reached, at);
            for (Closed closed : verdict.closed()) {
                open.remove(closed.id());
                foreseen.put(closed.id(), new Foreseen(at, null, closed.reason()));
            }
            for (Deferred deferred : verdict.deferred()) {
                open.computeIfPresent(deferred.id(), (id, p) -> p.sentAt(deferred.until()));
                waits.put(deferred.id(), deferred.reason());
            }
            Ready ready = verdict.message();
            if (ready != null) {
                for (Pending told : ready.told()) {
                    open.remove(told.id());
                    foreseen.put(told.id(), new Foreseen(at, ready, waits.get(told.id())));
                }
                reached = reached.having(new Recipient.Had(
                        at, ready.told().stream().map(Pending::subject).toList()));
            }
        }
        return foreseen;
    }

    /** The first in its order by which the patient is reached; null: none. */
    private static @Nullable Channel channel(Pending pending, Recipient to) {
        return pending.order().stream().filter(to::isReachedBy).findFirst().orElse(null);
    }
}
