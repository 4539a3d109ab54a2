package org.evenkeel.session;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.therapist.Therapist;
import org.jspecify.annotations.Nullable;

/** Finds out what stands in the way of a placement, after the database has refused it. */
final class Blockers {

    private final EntityManager em;

    Blockers(EntityManager em) {
        this.em = em;
    }

    private record Row(
            BlockedBy session,
            long therapistId,
            @Nullable Long facilitatorId,
            String facilitator,
            long roomId,
            boolean takesRoom,
            int turnover,
            @Nullable Long patientId,
            String patient) {

        boolean isTakenBy(Actor reader) {
            return reader.isTherapist(therapistId) || (facilitatorId != null && reader.isTherapist(facilitatorId));
        }
    }

    /** What stands around several placements, read at once. */
    static final class Around {
        private final List<Row> rows;

        private Around(List<Row> rows) {
            this.rows = rows;
        }

        /**
         * The refusals that name what is taken, by which session and until when. A therapist who asks is told what and where only
         * of own sessions.
         *
         * @param selves sessions that are being changed and stand in nobody's way
         */
        List<Refusal> of(Actor reader, Collection<Long> selves, Session.Placement wanted, Collection<Long> patientIds) {
            Set<Refusal> refusals = new LinkedHashSet<>();
            for (Row row : rows) {
                if (!selves.contains(row.session().sessionId())) {
                    add(refusals, reader, row, wanted, patientIds);
                }
            }
            return List.copyOf(refusals);
        }

        private static void add(
                Set<Refusal> refusals, Actor reader, Row row, Session.Placement wanted, Collection<Long> patientIds) {
            BlockedBy session = visibleTo(reader, row);
            TimeSlot taken = row.session().slot();
            boolean together = taken.overlaps(wanted.slot());
            if (together && wanted.therapists().contains(row.therapistId())) {
                refusals.add(new Refusal(Rule.THERAPIST_TAKEN, row.session().therapist(), session, Map.of()));
            }
            if (together && row.facilitatorId() != null && wanted.therapists().contains(row.facilitatorId())) {
                refusals.add(new Refusal(Rule.THERAPIST_TAKEN, row.facilitator(), session, Map.of()));
            }
            TimeSlot withTurnover = taken.extendedBy(row.turnover());
            if (wanted.takesRoom()
                    && row.takesRoom()
                    && row.roomId() == wanted.roomId()
                    && withTurnover.overlaps(wanted.slot().extendedBy(wanted.turnoverMinutes()))) {
                refusals.add(new Refusal(
                        Rule.ROOM_TAKEN, row.session().room(), session, Map.of("until", withTurnover.end())));
            }
            if (together && row.patientId() != null && patientIds.contains(row.patientId())) {
                refusals.add(new Refusal(Rule.PATIENT_TAKEN, row.patient(), session, Map.of()));
            }
        }
    }

    /** What is in the way of one placement; a hold if no session is. */
    List<Refusal> of(Actor reader, @Nullable Long self, Session.Placement wanted, List<Long> patientIds, Instant now) {
        List<Refusal> refusals = around(wanted.slot(), wanted.therapists(), List.of(wanted.roomId()), patientIds)
                .of(reader, self == null ? Set.of() : Set.of(self), wanted, patientIds);
        return refusals.isEmpty() ? held(reader, wanted, now) : refusals;
    }

    /** Live sessions of a stretch; two parameters, between which they start. */
    private static final String LIVE = "x.state = 'BOOKED' and x.starts_at > ? and x.starts_at < ?";

    /**
     * Reads what may be in the way during a stretch of time, in one statement: by each index once, which an "or" would not do; and
     * by joins, since H2 reads all that ever was of those in a list. The outer join to the sessions that were found keeps H2 from
     * beginning with all sessions and looking for what is in the way of each.
     */
    Around around(TimeSlot stretch, Collection<Long> therapists, Collection<Long> rooms, Collection<Long> patientIds) {
        Instant from = stretch.start().minus(Proposals.REACH);
        Instant to = stretch.end().plus(Proposals.REACH);
        return new Around(Sql.on(em)
                .add(
                        "select s.id, m.name, s.starts_at, s.ends_at, t.title, t.given_name, t.family_name, r.name, si.zone,"
                                + " s.therapist_id, s.room_id, s.takes_room, s.turnover_minutes, p.patient_id,"
                                + " pa.given_name, pa.family_name, m.code, f.therapist_id, ft.title, ft.given_name, ft.family_name")
                .add(
                        "from (select x.id from therapist y join session x on x.therapist_id = y.id where " + LIVE
                                + " and y.id in",
                        from,
                        to)
                .in(therapists)
                .add(
                        "union select x.id from room y join session x on x.room_id = y.id where " + LIVE
                                + " and y.id in",
                        from,
                        to)
                .in(rooms)
                .add(
                        "union select x.id from session_facilitator y join session x on x.id = y.session_id where "
                                + LIVE + " and y.therapist_id in",
                        from,
                        to)
                .in(therapists)
                .add(
                        "union select x.id from participant y join session x on x.id = y.session_id where " + LIVE
                                + " and y.seat_number is not null and y.patient_id in",
                        from,
                        to)
                .in(patientIds)
                .add(
                        ") hit left join session s on s.id = hit.id left join modality m on m.id = s.modality_id"
                                + " left join therapist t on t.id = s.therapist_id left join room r on r.id = s.room_id"
                                + " left join site si on si.id = s.site_id"
                                + " left join participant p on p.session_id = s.id and p.seat_number is not null and p.patient_id + 0 in")
                .in(patientIds)
                .add("left join patient pa on pa.id = p.patient_id"
                        + " left join session_facilitator f on f.session_id = s.id and f.therapist_id in")
                .in(therapists)
                .add("left join therapist ft on ft.id = f.therapist_id order by s.starts_at, s.id")
                .list(Blockers::row));
    }

    private static Row row(Sql.Row r) throws SQLException {
        Long patient = r.idOrNull(14);
        Long facilitator = r.idOrNull(18);
        return new Row(
                new BlockedBy(
                        r.id(1),
                        r.text(17),
                        r.text(2),
                        r.slot(3, 4),
                        Therapist.displayName(r.text(5), r.text(6), r.text(7)),
                        r.text(8),
                        ZoneId.of(r.text(9))),
                r.id(10),
                facilitator,
                facilitator == null ? "" : Therapist.displayName(r.text(19), r.text(20), r.text(21)),
                r.id(11),
                r.flag(12),
                r.number(13),
                patient,
                patient == null ? "" : r.text(15) + " " + r.text(16));
    }

    private static BlockedBy visibleTo(Actor reader, Row row) {
        BlockedBy s = row.session();
        if (reader.hasAny(Role.DESK, Role.LEAD) || row.isTakenBy(reader)) {
            return s;
        }
        return new BlockedBy(s.sessionId(), "", "", s.slot(), "", "", s.zone());
    }

    /** Someone else is booking just this, or it is kept for one who waits; both end by themselves. */
    List<Refusal> held(Actor reader, Session.Placement wanted, Instant now) {
        Duration turnover = Duration.ofMinutes(wanted.turnoverMinutes());
        return Sql.on(em)
                .add(
                        "select h.expires_at, h.waitlist_entry_id from hold h where h.expires_at > ?"
                                + " and (h.account_id <> ? or h.waitlist_entry_id is not null)"
                                + " and ((h.ends_at > ? and h.starts_at < ? and h.therapist_id in",
                        now,
                        reader.accountId(),
                        wanted.slot().start(),
                        wanted.slot().end())
                .in(wanted.therapists())
                .add(
                        ") or (h.ends_at > ? and h.starts_at < ? and h.room_id = ?)) order by h.expires_at desc",
                        wanted.slot().start().minus(turnover),
                        wanted.slot().end().plus(turnover),
                        wanted.roomId())
                .list(r ->
                        Refusal.of(Rule.BEING_BOOKED, "", Map.of("until", r.instant(1), "kept", r.idOrNull(2) != null)))
                .stream()
                .limit(1)
                .toList();
    }
}
