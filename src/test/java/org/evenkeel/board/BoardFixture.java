package org.evenkeel.board;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.evenkeel.session.ParticipantState;
import org.evenkeel.session.SessionState;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.testing.Database;
import org.jspecify.annotations.Nullable;

/** Rows for boards, each written as the schema has it. */
class BoardFixture {
    static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    static final ZoneId LOS_ANGELES = ZoneId.of("America/Los_Angeles");
    static final LocalDate THURSDAY = LocalDate.of(2027, 3, 4);

    private final Database database;
    private long ids = 1000;

    BoardFixture(Database database) {
        this.database = database;
        database.clean();
    }

    long site(String name, ZoneId zone) {
        long id = ids++;
        run(
                "insert into site (id, name, zone, phone, active, version) values (?, ?, ?, '', true, 0)",
                id,
                name,
                zone.getId());
        return id;
    }

    void closed(long site, LocalDate date, String reason) {
        run("insert into closure_day (site_id, closed_on, reason) values (?, ?, ?)", site, date, reason);
    }

    long room(long site, String name) {
        long id = ids++;
        run(
                "insert into room (id, site_id, name, capacity, turnover_minutes, telehealth, active, version)"
                        + " values (?, ?, ?, 2, 0, false, true, 0)",
                id,
                site,
                name);
        return id;
    }

    long modality(String code, String name) {
        long id = ids++;
        run(
                "insert into modality (id, code, name, format, default_minutes, default_capacity, minimum_size, colour, active,"
                        + " version) values (?, ?, ?, 'BOTH', 50, 1, 1, 3, true, 0)",
                id,
                code,
                name);
        return id;
    }

    /** From now on only who is qualified may give it. */
    void needs(long modality, String credential) {
        run("update modality set qualification = ? where id = ?", credential, modality);
    }

    void qualified(long therapist, long modality, LocalDate from, @Nullable LocalDate to) {
        run(
                "insert into qualification (id, therapist_id, modality_id, valid_from, valid_to) values (?, ?, ?, ?, ?)",
                ids++,
                therapist,
                modality,
                from,
                to);
    }

    long therapist(String family) {
        long id = ids++;
        run(
                "insert into therapist (id, title, given_name, family_name, gender, active, version)"
                        + " values (?, 'Dr', 'Kim', ?, 'OTHER', true, 0)",
                id,
                family);
        return id;
    }

    void works(long therapist, long site, LocalDate on, String from, String to) {
        run(
                "insert into working_hours (therapist_id, site_id, weekday, starts_at, ends_at) values (?, ?, ?, ?, ?)",
                therapist,
                site,
                on.getDayOfWeek().getValue(),
                LocalTime.parse(from),
                LocalTime.parse(to));
    }

    void away(long therapist, TimeSlot slot) {
        run(
                "insert into time_off (id, therapist_id, starts_at, ends_at, reason, version) values (?, ?, ?, ?, '', 0)",
                ids++,
                therapist,
                slot.start(),
                slot.end());
    }

    long patient(String given, String family) {
        long id = ids++;
        run(
                "insert into patient (id, record_number, given_name, family_name, search_name, family_search_name, gender,"
                        + " language, active, version) values (?, ?, ?, ?, '', '', 'UNKNOWN', 'en', true, 0)",
                id,
                "R" + id,
                given,
                family);
        return id;
    }

    long session(long site, long room, long modality, long therapist, TimeSlot slot, SessionState state) {
        long id = ids++;
        Instant booked = Instant.parse("2027-01-01T00:00:00Z");
        run(
                "insert into session (id, modality_id, site_id, room_id, therapist_id, starts_at, ends_at, turnover_minutes,"
                        + " takes_room, capacity, state, late_cancelled, revision, booked_at, version)"
                        + " values (?, ?, ?, ?, ?, ?, ?, 0, true, 1, ?, false, 1, ?, 7)",
                id,
                modality,
                site,
                room,
                therapist,
                slot.start(),
                slot.end(),
                state,
                booked);
        return id;
    }

    /** Makes a session a group of a series with this name, facilitated by others too, with patients in its first seats. */
    void group(long session, String name, int capacity, List<Long> coFacilitators, List<Long> patients) {
        long series = ids++;
        run(
                "insert into series (id, name, modality_id, site_id, room_id, therapist_id, rule, counts, first_at, minutes, capacity,"
                        + " minimum_size, cutoff_hours, open_to_new, created_at, version) select ?, ?, modality_id, site_id, room_id,"
                        + " therapist_id, 'FREQ=WEEKLY;COUNT=1', 'DATES', timestamp '2027-03-04 10:00:00', 50, ?, 1, 0, true, starts_at, 0"
                        + " from session where id = ?",
                series,
                name,
                capacity,
                session);
        run("update session set series_id = ?, capacity = ? where id = ?", series, capacity, session);
        for (long therapist : coFacilitators) {
            run("insert into session_facilitator (session_id, therapist_id) values (?, ?)", session, therapist);
        }
        for (int seat = 1; seat <= patients.size(); seat++) {
            run("insert into seat (session_id, number) values (?, ?)", session, seat);
            run(
                    "insert into participant (id, session_id, patient_id, seat_number, state, late_minutes, version)"
                            + " values (?, ?, ?, ?, 'BOOKED', 0, 0)",
                    ids++,
                    session,
                    patients.get(seat - 1),
                    seat);
        }
    }

    /** Keeps one more seat of a session for someone who waits, until then. */
    void keepSeat(long session, int number, Instant until) {
        run("insert into seat (session_id, number, held_until) values (?, ?, ?)", session, number, until);
    }

    void attends(long session, long patient, ParticipantState state) {
        Integer seat = state.isLive() ? 1 : null;
        if (seat != null) {
            run("insert into seat (session_id, number) values (?, 1)", session);
        }
        run(
                "insert into participant (id, session_id, patient_id, seat_number, state, late_minutes, version)"
                        + " values (?, ?, ?, ?, ?, 0, 0)",
                ids++,
                session,
                patient,
                seat,
                state);
    }

    /** One who came to it before, and gave their seat back to others. */
    void left(long session, long patient) {
        attends(session, patient, ParticipantState.CANCELLED);
        run(
                "update participant set left_at = (select booked_at from session where id = session_id),"
                        + " left_start = (select starts_at from session where id = session_id)"
                        + " where session_id = ? and patient_id = ?",
                session,
                patient);
    }

    void cancelledFor(long session, String reason) {
        run("update session set cancel_reason = ? where id = ?", reason, session);
    }

    static TimeSlot slot(LocalDate date, String from, int minutes, ZoneId zone) {
        return TimeSlot.of(date.atTime(LocalTime.parse(from)).atZone(zone).toInstant(), minutes);
    }

    static List<Long> ids(List<DayBoard.Booked> sessions) {
        return sessions.stream().map(DayBoard.Booked::sessionId).toList();
    }

    private void run(String sql, @Nullable Object... parameters) {
        database.transactions()
                .inNew(() ->
                        Sql.on(database.entityManager()).add(sql, parameters).update());
    }
}
