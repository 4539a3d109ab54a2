package org.evenkeel.session;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.evenkeel.modality.Modality;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.therapist.Therapist;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a booking needs to be judged, in four statements: the therapists under lock (which time off takes too, so that
 * neither slips past the other), modality and rooms, the calendar around the slot, the patients; for a group a fifth, whom to keep
 * apart, and only where there is someone a sixth, who came together before. Many sessions take as many statements as one; where
 * neither room nor site is named, one more tells where the therapist works.
 */
final class Proposals {

    /** Longer than any session and any turnover, so that a bound on starts finds all that overlap. */
    static final Duration REACH = TimeSlot.LONGEST_SESSION.plusHours(2);

    private final EntityManager em;

    Proposals(EntityManager em) {
        this.em = em;
    }

    /** What is wished for; the modality by code or by id. */
    record Wish(
            @Nullable Long self,
            @Nullable String modalityCode,
            @Nullable Long modalityId,
            TimeSlot slot,
            long therapistId,
            List<Long> coFacilitators,
            @Nullable Long roomId,
            @Nullable Long siteId,
            int capacity,
            List<Long> patientIds,
            Instant now) {

        /** The same, looked at when whatever is held around its slot has lapsed: no hold outlives its time. */
        private Wish afterHolds() {
            return new Wish(
                    self,
                    modalityCode,
                    modalityId,
                    slot,
                    therapistId,
                    coFacilitators,
                    roomId,
                    siteId,
                    capacity,
                    patientIds,
                    slot.end().plus(REACH));
        }

        /** How many places the room must have. */
        int places() {
            return Math.max(capacity, patientIds.size());
        }
    }

    private record TherapistRow(long id, String name, boolean active) {}

    private record Place(
            Proposal.ModalityFacts modality, Proposal.RoomFacts room, String site, ZoneId zone, boolean open) {}

    /** @param together who has a seat in the sessions that are changed */
    private record Patients(List<Proposal.PatientFacts> all, List<KeptApart> apart, Map<Long, Set<Long>> together) {

        List<Proposal.PatientFacts> of(List<Long> ids) {
            return ids.stream()
                    .map(id -> all.stream()
                            .filter(p -> p.id() == id)
                            .findFirst()
                            .orElseThrow(() -> new Invalid("patients", "invalid.session.noPatient", id)))
                    .toList();
        }

        /** Two who were in the session before are no reason against changing it: the lead has been told of them. */
        boolean mayMeet(List<Long> ids, @Nullable Long self) {
            Set<Long> before = self == null ? Set.of() : together.getOrDefault(self, Set.of());
            return apart.stream()
                    .filter(a -> ids.contains(a.patientId()) && ids.contains(a.otherId()))
                    .allMatch(a -> before.contains(a.patientId()) && before.contains(a.otherId()));
        }
    }

    private record KeptApart(long patientId, long otherId) {}

    /**
     * @throws Invalid if an id or code is unknown
     * @throws NoRoom if no room was named and none that fits is free
     */
    Proposal read(Wish wish) {
        Set<Long> wanted = new TreeSet<>(wish.coFacilitators());
        wanted.add(wish.therapistId());
        Map<Long, TherapistRow> therapists = lockTherapists(wanted, Set.of(wish.therapistId()));
        Place place = found(wish).stream().findFirst().orElseThrow(() -> whatIsMissing(wish));
        Surroundings known = Surroundings.read(
                em, place.modality().id(), wanted, Set.of(place.room().siteId()), wish.slot());
        Occurrence occurrence = new Occurrence(
                wish.self(),
                null,
                wish.slot(),
                wish.therapistId(),
                wish.coFacilitators(),
                place.room().id(),
                wish.patientIds());
        Set<Long> selves = wish.self() == null ? Set.of() : Set.of(wish.self());
        return proposal(
                occurrence,
                wish.capacity(),
                place,
                therapists,
                known,
                patients(wish.patientIds(), wish.places(), selves),
                selves);
    }

    /**
     * The same for many sessions of a modality at once, in as many statements.
     *
     * @param capacity of each
     */
    List<Proposal> readAll(long modalityId, int capacity, List<Occurrence> occurrences) {
        Set<Long> wanted = new TreeSet<>();
        Set<Long> leads = new HashSet<>();
        Set<Long> rooms = new TreeSet<>();
        Set<Long> patientIds = new TreeSet<>();
        Set<Long> selves = new HashSet<>();
        Instant start = Instant.MAX;
        Instant end = Instant.MIN;
        for (Occurrence o : occurrences) {
            wanted.addAll(o.therapists());
            leads.add(o.therapistId());
            rooms.add(o.roomId());
            patientIds.addAll(o.patientIds());
            if (o.sessionId() != null) {
                selves.add(o.sessionId());
            }
            start = o.slot().start().isBefore(start) ? o.slot().start() : start;
            end = o.slot().end().isAfter(end) ? o.slot().end() : end;
        }
        if (occurrences.isEmpty()) {
            return List.of();
        }
        Map<Long, TherapistRow> therapists = lockTherapists(wanted, leads);
        Map<Long, Place> places = new HashMap<>();
        Sql.on(em)
                .add(PLACES + " where m.id = ? and r.id in", modalityId)
                .in(rooms)
                .list(Proposals::place)
                .forEach(p -> places.put(p.room().id(), p));
        for (Long room : rooms) {
            if (!places.containsKey(room)) {
                throw new Invalid("room", "invalid.session.noRoom", room);
            }
        }
        Set<Long> sites = places.values().stream().map(p -> p.room().siteId()).collect(Collectors.toSet());
        Surroundings known = Surroundings.read(em, modalityId, wanted, sites, new TimeSlot(start, end));
        Patients patients = patients(List.copyOf(patientIds), Math.max(capacity, patientIds.size()), selves);
        return occurrences.stream()
                .map(o -> proposal(
                        o,
                        capacity,
                        Objects.requireNonNull(places.get(o.roomId())),
                        therapists,
                        known,
                        patients,
                        selves))
                .toList();
    }

    private static Proposal proposal(
            Occurrence o,
            int capacity,
            Place place,
            Map<Long, TherapistRow> therapists,
            Surroundings known,
            Patients patients,
            Set<Long> selves) {
        long site = place.room().siteId();
        return new Proposal(
                o.sessionId(),
                o.slot(),
                capacity,
                place.modality(),
                facts(therapists, known, o.therapistId(), site),
                o.coFacilitators().stream()
                        .map(id -> facts(therapists, known, id, site))
                        .toList(),
                place.room(),
                new Proposal.SiteFacts(
                        site, place.site(), place.zone(), place.open(), known.opening(site), known.closures(site)),
                patients.of(o.patientIds()),
                patients.mayMeet(o.patientIds(), o.sessionId()),
                known.nearby(o.therapistId(), o.slot(), selves));
    }

    private static Proposal.TherapistFacts facts(
            Map<Long, TherapistRow> therapists, Surroundings known, long id, long site) {
        TherapistRow row = Objects.requireNonNull(therapists.get(id));
        return new Proposal.TherapistFacts(
                id, row.name(), row.active(), known.qualified(id), known.timeOff(id), known.working(id, site));
    }

    /** In the order of their ids, so that two bookings never wait for each other crosswise. */
    private Map<Long, TherapistRow> lockTherapists(Set<Long> ids, Set<Long> leads) {
        Map<Long, TherapistRow> rows = new HashMap<>();
        Sql.on(em)
                .add("select id, title, given_name, family_name, active from therapist where id in")
                .in(ids)
                .add("order by id for update")
                .list(r -> new TherapistRow(r.id(1), Therapist.displayName(r.text(2), r.text(3), r.text(4)), r.flag(5)))
                .forEach(row -> rows.put(row.id(), row));
        for (Long id : ids) {
            if (!rows.containsKey(id)) {
                throw new Invalid(
                        leads.contains(id) ? "therapist" : "coFacilitators", "invalid.session.noTherapist", id);
            }
        }
        return rows;
    }

    /** Of {@code modality m}, for {@link #modality}. */
    static final String MODALITY = "m.id, m.code, m.name, m.format, m.default_minutes, m.qualification, m.active";

    private static final String PLACES =
            "select " + MODALITY + ", r.id, r.name, r.site_id, r.capacity, r.turnover_minutes, r.telehealth, r.active,"
                    + " s.name, s.zone, s.active"
                    + " from room r join site s on s.id = r.site_id, modality m";

    /** Where it could be if no room were held, the closest fit first. */
    List<Session.Placement> unbooked(Wish wish) {
        return found(wish.afterHolds()).stream()
                .map(Place::room)
                .map(room -> new Session.Placement(
                        0,
                        wish.slot(),
                        wish.therapistId(),
                        wish.coFacilitators(),
                        room.id(),
                        room.siteId(),
                        room.turnoverMinutes(),
                        true))
                .toList();
    }

    /** The room that is named, or every free one that fits where the therapist works, the closest fit first. */
    private List<Place> found(Wish wish) {
        Sql sql = Sql.on(em).add(PLACES + " where");
        if (wish.modalityCode() != null) {
            sql.add("m.code = ?", wish.modalityCode());
        } else {
            sql.add("m.id = ?", wish.modalityId());
        }
        if (wish.roomId() != null) {
            sql.add("and r.id = ?", wish.roomId());
        } else {
            // Room turnover is at most 120 minutes; its tail is checked by the key when the room is taken.
            sql.add(
                    "and r.active and s.active and not r.telehealth and r.capacity >= ? and not exists"
                            + " (select 1 from occupied o where o.resource = r.id * 4 + 1 and o.segment >= ?"
                            + " and o.segment < ? + r.turnover_minutes / 5"
                            + " and (o.expires_at is null or o.expires_at > ?) and o.claim <> ?)",
                    wish.places(),
                    segment(wish.slot().start()),
                    segment(wish.slot().end()),
                    wish.now(),
                    wish.self() == null ? -1L : wish.self());
            Optional.ofNullable(wish.siteId())
                    .or(() -> UsualSite.of(em, wish.therapistId()).at(wish.slot()))
                    .ifPresent(site -> sql.add("and s.id = ?", site));
            sql.add("order by r.capacity, r.name, r.id");
        }
        return sql.list(Proposals::place);
    }

    private static Place place(Sql.Row r) throws SQLException {
        return new Place(
                modality(r),
                new Proposal.RoomFacts(
                        r.id(8), r.text(9), r.id(10), r.number(11), r.number(12), r.flag(13), r.flag(14)),
                r.text(15),
                ZoneId.of(r.text(16)),
                r.flag(17));
    }

    /** From the first seven columns. */
    static Proposal.ModalityFacts modality(Sql.Row r) throws SQLException {
        return new Proposal.ModalityFacts(
                r.id(1),
                r.text(2),
                r.text(3),
                r.constant(4, Modality.Format.class),
                r.number(5),
                r.textOrNull(6),
                r.flag(7));
    }

    private RuntimeException whatIsMissing(Wish wish) {
        Optional<Boolean> modality = Sql.on(em)
                .add(
                        "select active from modality where code = ? or id = ?",
                        wish.modalityCode(),
                        wish.modalityId() == null ? -1L : wish.modalityId())
                .first(r -> r.flag(1));
        if (modality.isEmpty()) {
            return new Invalid("modality", "invalid.session.noModality", String.valueOf(wish.modalityCode()));
        }
        if (wish.roomId() != null) {
            return new Invalid("room", "invalid.session.noRoom", wish.roomId());
        }
        return new NoRoom();
    }

    /** No room was named and none that fits is free; becomes a refusal once its transaction is over. */
    static final class NoRoom extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static int segment(Instant instant) {
        return Math.toIntExact(instant.getEpochSecond() / 300);
    }

    /** Of {@code patient p}, for {@link #patient}. */
    static final String PATIENT =
            "p.id, p.given_name, p.family_name, p.active and p.died_on is null, p.primary_therapist_id";

    /** From the column of the id and the four after it. */
    static Proposal.PatientFacts patient(Sql.Row r, int id) throws SQLException {
        return new Proposal.PatientFacts(
                r.id(id), r.text(id + 1) + " " + r.text(id + 2), r.flag(id + 3), r.idOrNull(id + 4));
    }

    /** Patients of a group are locked, in order, so that nobody is set apart from another while they come together. */
    private Patients patients(List<Long> ids, int places, Set<Long> selves) {
        boolean together = places > 1;
        List<Proposal.PatientFacts> all = Sql.on(em)
                .add("select " + PATIENT + " from patient p where p.id in")
                .in(ids)
                .add(together ? "order by id for update" : "")
                .list(r -> patient(r, 1));
        List<KeptApart> apart = together && ids.size() > 1
                ? Sql.on(em)
                        .add("select patient_id, other_id from keep_apart where patient_id in")
                        .in(ids)
                        .add("and other_id in")
                        .in(ids)
                        .list(r -> new KeptApart(r.id(1), r.id(2)))
                : List.of();
        return new Patients(all, apart, apart.isEmpty() || selves.isEmpty() ? Map.of() : together(selves));
    }

    private Map<Long, Set<Long>> together(Set<Long> sessions) {
        Map<Long, Set<Long>> together = new HashMap<>();
        Sql.on(em)
                .add("select session_id, patient_id from participant where seat_number is not null and session_id in")
                .in(sessions)
                .list(r ->
                        together.computeIfAbsent(r.id(1), k -> new HashSet<>()).add(r.id(2)));
        return together;
    }
}
