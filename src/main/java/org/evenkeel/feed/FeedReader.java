package org.evenkeel.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.feed.FeedText.Appointment;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.Secrets;
import org.evenkeel.identity.Settings;
import org.evenkeel.session.Session;
import org.evenkeel.shared.Initials;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/**
 * Reads a therapist's calendar for whoever has its address: from 30 days back to 180 days ahead, "Busy" and nothing else unless the
 * centre allows initials. What was cancelled stays in it for a while, so that devices notice. Three statements, one more once a
 * day, and with initials one more and the audit entry, however many sessions there are.
 */
@ApplicationScoped
public class FeedReader {
    private static final Duration BACK = Duration.ofDays(30);
    private static final Duration AHEAD = Duration.ofDays(180);
    private static final Duration CANCELLED_FOR = Duration.ofDays(14);
    private static final int NAMED = 3;

    private static final String SESSIONS = "from session s where (s.therapist_id = ? or exists"
            + " (select 1 from session_facilitator f where f.session_id = s.id and f.therapist_id = ?))"
            + " and s.starts_at > ? and s.starts_at < ?"
            + " and (s.state = 'BOOKED' or (s.cancelled_at > ? and s.cancel_reason <> '" + Session.UNDONE + "'))";

    private EntityManager em;
    private Transactions transactions;
    private Settings settings;
    private AuditTrail audit;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected FeedReader() {}

    @Inject
    public FeedReader(EntityManager em, Transactions transactions, Settings settings, AuditTrail audit, Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A calendar as it stands.
     *
     * @param tag the same as long as the calendar is
     * @param text by RFC 5545; null: it is the one that the reader has
     */
    public record Answer(String tag, @Nullable String text) {}

    private record Owner(long feedId, @Nullable LocalDate usedOn, Actor actor, long therapistId) {}

    /**
     * The calendar at an address.
     *
     * @param token from the address
     * @param known the tag of what the reader has; null: nothing
     * @return empty if the token is unknown or revoked, or its owner is no active therapist
     */
    public Optional<Answer> read(String token, @Nullable String known) {
        boolean initials = settings.feedsShowInitials();
        return transactions.inNew(() -> owner(token).map(owner -> {
            used(owner);
            return initials ? withInitials(owner, known) : answer(FeedText.of(appointments(owner)), known);
        }));
    }

    private Optional<Owner> owner(String token) {
        return Sql.on(em)
                .add(
                        "select f.id, f.used_on, a.id, a.username, a.therapist_id from calendar_feed f"
                                + " join account a on a.id = f.account_id where f.token_hash = ? and f.revoked_at is null"
                                + " and a.active = true and a.therapist_id is not null and exists"
                                + " (select 1 from account_role r where r.account_id = a.id and r.role = ?)",
                        Secrets.hash(token),
                        Role.THERAPIST)
                .first(r -> new Owner(
                        r.id(1),
                        r.dateOrNull(2),
                        new Actor(r.id(3), r.text(4), Set.of(Role.THERAPIST), r.id(5)),
                        r.id(5)));
    }

    /** Coarse on purpose: it tells an owner which address is not in use any more, and nobody when they looked. */
    private void used(Owner owner) {
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        if (!today.equals(owner.usedOn())) {
            Sql.on(em)
                    .add("update calendar_feed set used_on = ? where id = ?", today, owner.feedId())
                    .update();
        }
    }

    private Sql sessions(String columns, String joins, Owner owner) {
        Instant now = clock.instant();
        return Sql.on(em)
                .add(columns + " from (select s.*")
                .add(
                        SESSIONS,
                        owner.therapistId(),
                        owner.therapistId(),
                        now.minus(BACK),
                        now.plus(AHEAD),
                        now.minus(CANCELLED_FOR))
                .add(") s " + joins + " order by s.starts_at, s.id");
    }

    private List<Appointment> appointments(Owner owner) {
        return sessions(
                        "select s.id, s.revision, s.starts_at, s.ends_at, s.state, coalesce(s.led_at, s.revised_at, s.cancelled_at, s.booked_at)",
                        "",
                        owner)
                .list(r -> new Appointment(
                        r.id(1), r.number(2), r.slot(3, 4), r.text(5).equals("CANCELLED"), r.instant(6), null));
    }

    /** What shows patients, be it by their initials, is on record. */
    private Answer withInitials(Owner owner, @Nullable String known) {
        Set<Long> patients = new LinkedHashSet<>();
        Map<Long, List<String>> coming = new HashMap<>();
        sessions(
                        "select s.id, p.patient_id, pa.given_name, pa.family_name",
                        "join participant p on p.session_id = s.id and p.seat_number is not null"
                                + " join patient pa on pa.id = p.patient_id",
                        owner)
                .list(r -> {
                    patients.add(r.id(2));
                    return coming.computeIfAbsent(r.id(1), k -> new ArrayList<>())
                            .add(Initials.of(r.text(3) + " " + r.text(4)));
                });
        List<Appointment> all = appointments(owner).stream()
                .map(a -> a.titled(title(coming.getOrDefault(a.id(), List.of()))))
                .toList();
        Answer answer = answer(FeedText.of(all), known);
        if (answer.text() != null) {
            audit.record(
                    owner.actor(),
                    new Entry("EXPORTED", "feed", "feed", List.of(owner.feedId()), patients, "OK", "initials"));
        }
        return answer;
    }

    /** Initials of a few; of more, how many. */
    private static @Nullable String title(List<String> initials) {
        if (initials.isEmpty()) {
            return null;
        }
        return initials.size() > NAMED ? Integer.toString(initials.size()) : String.join(", ", initials);
    }

    private static Answer answer(String text, @Nullable String known) {
        String tag = "\"" + Secrets.hash(text).substring(0, 32) + "\"";
        return new Answer(tag, tag.equals(known) ? null : text);
    }
}
