package org.evenkeel.reminder;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.evenkeel.patient.Contacts.Address;
import org.jspecify.annotations.Nullable;

/**
 * The patient that a message is for, as they stand now.
 *
 * @param language the tag of the language that they prefer
 * @param zone where they are; null: where their sessions are
 * @param active whether they may be written to at all
 * @param consents what they have agreed to
 * @param optedOut the lookups of those of their addresses that want nothing
 * @param had what went to them, over the last week at least
 */
record Recipient(
        long patientId,
        String givenName,
        String language,
        @Nullable ZoneId zone,
        boolean active,
        Map<Channel, Consents.Given> consents,
        List<Address> addresses,
        Set<String> optedOut,
        List<Had> had) {

    static final int A_DAY = 1;
    static final int A_WEEK = 3;
    static final Duration WEEK = Duration.ofDays(7);

    /** What a reminder told of, by whichever channel. */
    record Subject(long sessionId, int revision, long ruleId, int lead, Occasion occasion) {}

    /** A message that went to them, or may have. */
    record Had(Instant at, List<Subject> told) {

        boolean tellsOf(long sessionId) {
            return told.stream().anyMatch(s -> s.sessionId() == sessionId);
        }

        boolean tellsOff(long sessionId) {
            return told.stream().anyMatch(s -> s.sessionId() == sessionId && s.occasion() == Occasion.CANCELLED);
        }
    }

    /** On whose wall it is day or night for them. */
    ZoneId zoneFor(Pending.About session) {
        return zone == null ? session.zone() : zone;
    }

    /** The same with one more message. */
    Recipient having(Had more) {
        return new Recipient(
                patientId,
                givenName,
                language,
                zone,
                active,
                consents,
                addresses,
                optedOut,
                Stream.concat(had.stream(), Stream.of(more)).toList());
    }

    /** Where a message by this channel would go: to the address that was added last. */
    Optional<Address> address(Channel channel) {
        return last(addresses, channel).filter(a -> !optedOut.contains(a.lookup()));
    }

    /** Of several addresses for a channel the one that was added last. */
    static Optional<Address> last(List<Address> addresses, Channel channel) {
        return addresses.stream()
                .filter(a -> a.contact().kind() == channel.contact())
                .reduce((earlier, later) -> later);
    }

    boolean isReachedBy(Channel channel) {
        return consents.containsKey(channel) && address(channel).isPresent();
    }

    /** Whether a message may go to them as it was written. */
    boolean takes(Outgoing message, Disclosure said) {
        Channel channel = message.channel();
        boolean there = address(channel)
                .filter(a -> a.contact().value().equals(message.to()))
                .isPresent();
        return active && there && isReachedBy(channel) && disclosure(channel).allows(said);
    }

    /** By which of these channels they would be told, if they could be: the first that they have agreed to; the first if there is none. */
    Channel meant(List<Channel> order) {
        return order.stream().filter(consents::containsKey).findFirst().orElse(order.get(0));
    }

    /** Why no message can go out by this channel. */
    Reason obstacle(Channel channel) {
        if (!consents.containsKey(channel)) {
            return Reason.NO_CONSENT;
        }
        boolean any = addresses.stream().anyMatch(a -> a.contact().kind() == channel.contact());
        return any ? Reason.OPTED_OUT : Reason.NO_CONTACT;
    }

    /** How much may be said; on an address that others share, the least (acceptance case A43). */
    Disclosure disclosure(Channel channel) {
        Consents.Given given = consents.get(channel);
        boolean shared = address(channel).map(Address::shared).orElse(true);
        return given == null || shared ? Disclosure.LEAST : given.disclosure();
    }

    /**
     * Whether they have had as many messages by then as they may get: one a day, three a week unless they asked for more. One whose place
     * this one takes does not count: nobody is left with what is no longer true (acceptance case A38). Nor do those up to one that said
     * that it is off, if it is not.
     *
     * @param next what they would be told now
     * @param zone what a day is
     */
    boolean hasHadEnough(Channel channel, List<Pending> next, Instant now, ZoneId zone) {
        List<Subject> told = this.had.stream().flatMap(h -> h.told().stream()).toList();
        List<Instant> had = this.had.stream()
                .filter(h -> next.stream()
                        .noneMatch(p -> h.told().stream().anyMatch(t -> p.replaces(t, told)) || isTakenBack(h, p)))
                .map(Had::at)
                .toList();
        Instant today = now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
        if (since(today, had) >= A_DAY) {
            return true;
        }
        Consents.Given given = consents.get(channel);
        return since(now.minus(WEEK), had) >= A_WEEK && (given == null || !given.frequent());
    }

    private boolean isTakenBack(Had one, Pending next) {
        long session = next.session().id();
        if (next.occasion() == Occasion.OFFERED || !one.tellsOf(session)) {
            return false;
        }
        Optional<Instant> off =
                had.stream().filter(h -> h.tellsOff(session)).map(Had::at).max(Comparator.naturalOrder());
        return off.isPresent()
                && !one.at().isAfter(off.get())
                && had.stream().noneMatch(h -> h.at().isAfter(off.get()) && h.tellsOf(session));
    }

    private static long since(Instant then, List<Instant> had) {
        return had.stream().filter(at -> !at.isBefore(then)).count();
    }
}
