package org.evenkeel.reminder;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evenkeel.patient.Contacts.Address;

/**
 * The patient that a message is for, as they stand now.
 *
 * @param language the tag of the language that they prefer
 * @param active whether they may be written to at all
 * @param consents what they have agreed to
 * @param optedOut the lookups of those of their addresses that want nothing
 * @param had when messages went to them, over the last week at least
 */
record Recipient(
        long patientId,
        String givenName,
        String language,
        boolean active,
        Map<Channel, Consents.Given> consents,
        List<Address> addresses,
        Set<String> optedOut,
        List<Instant> had) {

    static final int A_DAY = 1;
    static final int A_WEEK = 3;
    static final Duration WEEK = Duration.ofDays(7);

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
     * Whether they have had as many messages by then as they may get: one a day, three a week unless they asked for more.
     *
     * @param zone what a day is
     */
    boolean hasHadEnough(Channel channel, Instant now, ZoneId zone) {
        Instant today = now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
        if (since(today) >= A_DAY) {
            return true;
        }
        Consents.Given given = consents.get(channel);
        return since(now.minus(WEEK)) >= A_WEEK && (given == null || !given.frequent());
    }

    private long since(Instant then) {
        return had.stream().filter(at -> !at.isBefore(then)).count();
    }
}
