package org.evenkeel.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.evenkeel.availability.Availability;
import org.evenkeel.availability.Claim;
import org.evenkeel.identity.Actor;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;

/** After a refusal, in transactions of their own: what is in the way, and which ways out there are. */
@ApplicationScoped
class Ways {

    private static final int MOST = 3;

    private EntityManager em;
    private Transactions transactions;
    private Availability availability;
    private FreeTimes freeTimes;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected Ways() {}

    @Inject
    Ways(EntityManager em, Transactions transactions, Availability availability, FreeTimes freeTimes, Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.availability = availability;
        this.freeTimes = freeTimes;
        this.clock = clock;
    }

    /**
     * @param cleared whether holds that had run out were in the way, or nothing but the actor's own, so that another try may succeed
     * @param wanted what is to be free of the actor's own holds then
     */
    record Blocked(List<Refusal> refusals, boolean cleared, List<Claim> wanted) {
        boolean onlyRoom() {
            return refusals.stream().allMatch(r -> r.rule() == Rule.ROOM_TAKEN || r.rule() == Rule.BEING_BOOKED);
        }
    }

    Blocked whatBlocks(Actor actor, Proposals.Wish wish) {
        return transactions.inNew(() -> {
            Session.Placement wanted = placement(wish);
            Stream<Claim> rooms = wish.roomId() == null
                    ? new Proposals(em).unbooked(wish).stream().flatMap(p -> p.claims(List.of()).stream())
                    : Stream.empty();
            List<Claim> claims = Stream.concat(wanted.claims(wish.patientIds()).stream(), rooms)
                    .toList();
            boolean expired = availability.clearExpired(claims, clock.instant()) > 0;
            List<Refusal> refusals = blockers(actor, wish, wanted);
            boolean cleared = expired || (refusals.isEmpty() && Holds.isInTheWay(em, actor.accountId(), claims));
            return new Blocked(
                    refusals.isEmpty() ? List.of(Refusal.of(Rule.BEING_BOOKED, "")) : refusals, cleared, claims);
        });
    }

    /**
     * What speaks against it where no fitting room is free. Who else is taken at that time comes first: another room would not help. Else
     * it ends by itself, if a room that would do is only held.
     */
    List<Refusal> withoutRoom(Actor actor, Proposals.Wish wish, Blocked blocked) {
        List<Refusal> taken =
                blocked.refusals().stream().filter(r -> r.blockedBy() != null).toList();
        List<Refusal> held = taken.isEmpty() ? transactions.inNew(() -> heldRoom(actor, wish)) : List.of();
        return Stream.of(taken, List.of(Refusal.of(Rule.NO_FREE_ROOM, "")), held)
                .flatMap(List::stream)
                .toList();
    }

    private List<Refusal> heldRoom(Actor actor, Proposals.Wish wish) {
        return new Proposals(em)
                .unbooked(wish).stream()
                        .findFirst()
                        .map(closest -> new Blockers(em).held(actor, closest, clock.instant()))
                        .map(held -> held.isEmpty() ? List.of(Refusal.of(Rule.BEING_BOOKED, "")) : held)
                        .orElse(List.of());
    }

    /** Which sessions are in the way; what is held stays held. */
    List<Refusal> taken(Actor actor, Proposals.Wish wish) {
        return transactions.inNew(() -> blockers(actor, wish, placement(wish)).stream()
                .filter(refusal -> refusal.blockedBy() != null)
                .toList());
    }

    private List<Refusal> blockers(Actor actor, Proposals.Wish wish, Session.Placement wanted) {
        return new Blockers(em).of(actor, wish.self(), wanted, wish.patientIds(), clock.instant());
    }

    /** What is known of the wished placement without judging it; room 0 where none was named. */
    private Session.Placement placement(Proposals.Wish wish) {
        Long room = wish.roomId();
        if (room == null) {
            return new Session.Placement(0, wish.slot(), wish.therapistId(), wish.coFacilitators(), 0, 0, 0, false);
        }
        return Sql.on(em)
                .add("select site_id, turnover_minutes, telehealth from room where id = ?", room)
                .first(r -> new Session.Placement(
                        0,
                        wish.slot(),
                        wish.therapistId(),
                        wish.coFacilitators(),
                        room,
                        r.id(1),
                        r.flag(3) ? 0 : r.number(2),
                        !r.flag(3)))
                .orElseThrow(() -> new Invalid("room", "invalid.session.noRoom", room));
    }

    /** The same therapist at other times of that day, the one before and the one after, nearest first; and others at the same time. */
    Alternatives out(Actor actor, Proposals.Wish wish) {
        return transactions.inNew(() -> {
            String modality = modalityCode(wish);
            Instant start = wish.slot().start();
            LocalDate day = LocalDate.ofInstant(start, ZoneOffset.UTC);
            Long patient =
                    wish.patientIds().isEmpty() ? null : wish.patientIds().get(0);
            FreeTimesQuery query = FreeTimes.ownIfTherapist(
                    actor,
                    new FreeTimesQuery(
                            modality,
                            wish.slot().minutes(),
                            day.minusDays(1),
                            day.plusDays(1),
                            null,
                            null,
                            null,
                            Set.of(),
                            null,
                            null,
                            null,
                            patient,
                            Integer.MAX_VALUE));
            FreeTimesCalendar calendar = freeTimes.read(query, clock.instant());
            List<FreeTime> same = calendar.startingAt(start).stream()
                    .filter(t -> t.therapist().id() != wish.therapistId())
                    .limit(MOST)
                    .toList();
            List<FreeTime> other = calendar.search(query.forTherapist(wish.therapistId()), clock.instant()).stream()
                    .sorted(Comparator.comparing(
                            t -> Duration.between(start, t.start()).abs()))
                    .limit(MOST)
                    .sorted(Comparator.comparing(FreeTime::start))
                    .toList();
            return new Alternatives(other, same);
        });
    }

    private String modalityCode(Proposals.Wish wish) {
        String code = wish.modalityCode();
        if (code != null) {
            return code;
        }
        return Sql.on(em)
                .add("select code from modality where id = ?", wish.modalityId())
                .first(r -> r.text(1))
                .orElseThrow();
    }
}
