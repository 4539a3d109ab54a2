package org.evenkeel.session;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
            long roomId,
            boolean takesRoom,
            int turnover,
            @Nullable Long patientId,
            @Nullable String patientName) {}

    /**
     * The refusals that name what is taken, by which session and until when. A therapist who asks is told what and where only
     * of own sessions.
     */
    List<Refusal> of(Actor reader, @Nullable Long self, Session.Placement wanted, List<Long> patientIds, Instant now) {
        TimeSlot slot = wanted.slot();
        List<Refusal> refusals = new ArrayList<>();
        for (Row row : overlapping(self, wanted, patientIds)) {
            BlockedBy session = visibleTo(reader, row);
            if (row.therapistId() == wanted.therapistId()
                    && row.session().slot().overlaps(slot)) {
                refusals.add(new Refusal(Rule.THERAPIST_TAKEN, row.session().therapist(), session, Map.of()));
            }
            if (wanted.takesRoom()
                    && row.takesRoom()
                    && row.roomId() == wanted.roomId()
                    && row.session()
                            .slot()
                            .extendedBy(row.turnover())
                            .overlaps(slot.extendedBy(wanted.turnoverMinutes()))) {
                refusals.add(new Refusal(
                        Rule.ROOM_TAKEN,
                        row.session().room(),
                        session,
                        Map.of(
                                "until",
                                row.session().slot().extendedBy(row.turnover()).end())));
            }
            if (row.patientName() != null && row.session().slot().overlaps(slot)) {
                refusals.add(new Refusal(Rule.PATIENT_TAKEN, row.patientName(), session, Map.of()));
            }
        }
        if (refusals.isEmpty()) {
            refusals.addAll(held(wanted, now));
        }
        return refusals;
    }

    private List<Row> overlapping(@Nullable Long self, Session.Placement wanted, List<Long> patientIds) {
        TimeSlot slot = wanted.slot();
        return Sql.on(em)
                .add(
                        "select s.id, m.name, s.starts_at, s.ends_at, t.title, t.given_name, t.family_name, r.name, si.zone,"
                                + " s.therapist_id, s.room_id, s.takes_room, s.turnover_minutes, p.patient_id,"
                                + " pa.given_name, pa.family_name, m.code"
                                + " from session s join modality m on m.id = s.modality_id"
                                + " join therapist t on t.id = s.therapist_id join room r on r.id = s.room_id"
                                + " join site si on si.id = s.site_id"
                                + " left join participant p on p.session_id = s.id and p.seat_number is not null and p.patient_id in")
                .in(patientIds)
                .add(
                        "left join patient pa on pa.id = p.patient_id"
                                + " where s.state = 'BOOKED' and s.starts_at > ? and s.starts_at < ? and s.id <> ?"
                                + " and (s.therapist_id = ? or s.room_id = ? or p.patient_id is not null)"
                                + " order by s.starts_at, s.id",
                        slot.start().minus(Proposals.REACH),
                        slot.end().plus(Proposals.REACH),
                        self == null ? -1L : self,
                        wanted.therapistId(),
                        wanted.roomId())
                .list(r -> {
                    String given = r.textOrNull(15);
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
                            r.id(11),
                            r.flag(12),
                            r.number(13),
                            r.idOrNull(14),
                            given == null ? null : given + " " + r.text(16));
                });
    }

    private static BlockedBy visibleTo(Actor reader, Row row) {
        BlockedBy s = row.session();
        if (reader.hasAny(Role.DESK, Role.LEAD) || reader.isTherapist(row.therapistId())) {
            return s;
        }
        return new BlockedBy(s.sessionId(), "", "", s.slot(), "", "", s.zone());
    }

    /** Someone is booking just this; their hold ends by itself. */
    private List<Refusal> held(Session.Placement wanted, Instant now) {
        return Sql.on(em)
                .add(
                        "select h.expires_at from hold h where h.expires_at > ? and h.starts_at < ? and h.ends_at > ?"
                                + " and (h.therapist_id = ? or h.room_id = ?)",
                        now,
                        wanted.slot().end().plus(Proposals.REACH),
                        wanted.slot().start().minus(Proposals.REACH),
                        wanted.therapistId(),
                        wanted.roomId())
                .list(r -> Refusal.of(Rule.BEING_BOOKED, "", Map.of("until", r.instant(1))))
                .stream()
                .limit(1)
                .toList();
    }
}
