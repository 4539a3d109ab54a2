package org.evenkeel.demo;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.evenkeel.availability.Availability;
import org.evenkeel.availability.Claim;
import org.evenkeel.availability.Resource;
import org.evenkeel.demo.DemoWeek.Visit;
import org.evenkeel.session.ParticipantState;
import org.evenkeel.shared.DatabaseErrors;
import org.evenkeel.shared.TimeSlot;
import org.jspecify.annotations.Nullable;

/**
 * The timetable over four weeks behind and four ahead, as it went and as it stands: attended, missed, cancelled in time or late,
 * arrived, confirmed, booked. What stands is claimed as every booking is, so that the database refuses a mistake of the timetable.
 */
final class DemoSessions {
    /** Sessions lie so many days behind and ahead of the day they are made on. */
    static final int DAYS = 28;

    private static final int SEQUENCE_STEP = 50;
    private static final Duration LATE = Duration.ofHours(24);
    private static final Duration JUST_OVER = Duration.ofMinutes(25);
    private static final Duration ARRIVES = Duration.ofMinutes(12);
    private static final Duration SOON = Duration.ofHours(48);
    private static final List<String> REASONS = List.of(
            "Patient is ill",
            "Patient has no transport",
            "Work shift was changed",
            "Child care fell through",
            "Patient called, no reason given",
            "Appointment at court",
            "Patient is travelling");

    private static final String SESSION =
            """
            insert into session (id, modality_id, site_id, room_id, therapist_id, starts_at, ends_at, turnover_minutes, takes_room,
                capacity, state, cancel_reason, cancelled_at, late_cancelled, overridden, override_reason, revision, booked_at,
                booked_by, version)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, null, null, 1, ?, ?, 1)""";
    private static final String SEAT = "insert into seat (session_id, number) values (?, 1)";
    private static final String PARTICIPANT =
            """
            insert into participant (id, session_id, patient_id, seat_number, state, checked_in_at, late_minutes,
                attended_minutes, version)
            values (?, ?, ?, ?, ?, ?, ?, ?, 1)""";

    private final EntityManager entities;
    private final Availability availability;
    private final Random random;
    private final Instant now;
    private final List<Long> bookers;

    /** @param bookers accounts of those who answer the phone */
    DemoSessions(EntityManager entities, Availability availability, Random random, Instant now, List<Long> bookers) {
        this.entities = entities;
        this.availability = availability;
        this.random = random;
        this.now = now;
        this.bookers = bookers;
    }

    private record Cancelled(String reason, Instant at, boolean late) {}

    private record Attendance(
            ParticipantState state, @Nullable Instant checkedInAt, int lateMinutes, @Nullable Integer minutes) {}

    private record Planned(
            Visit visit, TimeSlot slot, Instant bookedAt, @Nullable Cancelled cancelled, Attendance attendance) {

        List<Claim> claims() {
            List<Claim> claims = new ArrayList<>();
            claims.add(new Claim(Resource.therapist(visit.worker().therapist().id()), slot));
            claims.add(new Claim(Resource.patient(visit.client().patient().id()), slot));
            if (!visit.room().isTelehealth()) {
                claims.add(new Claim(
                        Resource.room(visit.room().id()),
                        slot.extendedBy(visit.room().turnoverMinutes())));
            }
            return claims;
        }
    }

    /** Writes them. */
    void insert(List<Visit> week) {
        List<Planned> planned = new ArrayList<>();
        for (int day = -DAYS; day <= DAYS; day++) {
            for (Visit visit : week) {
                LocalDate date = visit.place().today(now).plusDays(day);
                if (date.getDayOfWeek().getValue() == visit.weekday()) {
                    plan(visit, date, planned);
                }
            }
        }
        try {
            write(planned);
        } catch (SQLException e) {
            throw DatabaseErrors.translate(e);
        }
    }

    private void plan(Visit visit, LocalDate date, List<Planned> planned) {
        Instant start =
                date.atTime(visit.start()).atZone(visit.place().site().zone()).toInstant();
        TimeSlot slot = TimeSlot.of(start, visit.minutes());
        boolean takesPlace = visit.place().site().closureDays().stream()
                        .noneMatch(closed -> closed.date().equals(date))
                && visit.worker().isQualified(visit.modality(), date)
                && !visit.worker().isAway(slot)
                && !date.isAfter(visit.client().lastDay());
        boolean notBookedYet = start.isAfter(now) && random.nextInt(100) < 4;
        if (!takesPlace || notBookedYet) {
            return;
        }
        Instant bookedAt = earlier(start.minus(days(4, 24)), now.minus(minutes(20, 5000)));
        Cancelled cancelled = random.nextInt(100) < 7 ? cancelled(start, bookedAt) : null;
        planned.add(new Planned(
                visit, slot, bookedAt, cancelled, cancelled == null ? attendance(slot) : absence(cancelled)));
    }

    private Cancelled cancelled(Instant start, Instant bookedAt) {
        Instant at = earlier(start.minus(minutes(45, 4300)), now.minus(minutes(5, 15)));
        Instant possible = at.isAfter(bookedAt) ? at : bookedAt.plus(Duration.ofMinutes(5));
        return new Cancelled(
                REASONS.get(random.nextInt(REASONS.size())),
                possible,
                possible.plus(LATE).isAfter(start));
    }

    private static Attendance absence(Cancelled cancelled) {
        return new Attendance(
                cancelled.late() ? ParticipantState.LATE_CANCELLED : ParticipantState.CANCELLED, null, 0, null);
    }

    private Attendance attendance(TimeSlot slot) {
        int chance = random.nextInt(100);
        int late = random.nextInt(100) < 12 ? 5 * (1 + random.nextInt(3)) : 0;
        Instant arrived = slot.start().plus(Duration.ofMinutes(late > 0 ? late : -1L - random.nextInt(10)));
        boolean marked =
                !slot.end().plus(JUST_OVER).isAfter(now) || (!slot.end().isAfter(now) && chance % 2 == 0);
        if (marked) {
            return chance < 9
                    ? new Attendance(ParticipantState.NO_SHOW, null, 0, null)
                    : new Attendance(ParticipantState.ATTENDED, arrived, late, slot.minutes() - late);
        }
        boolean comes = chance >= 9
                && !arrived.isAfter(now)
                && !slot.start().minus(ARRIVES).isAfter(now);
        if (comes) {
            return new Attendance(ParticipantState.CHECKED_IN, arrived, 0, null);
        }
        boolean confirmed = slot.start().isBefore(now.plus(SOON)) && chance < 55;
        return new Attendance(confirmed ? ParticipantState.CONFIRMED : ParticipantState.BOOKED, null, 0, null);
    }

    private void write(List<Planned> planned) throws SQLException {
        Connection connection = entities.unwrap(Connection.class);
        List<Long> sessionIds = ids(connection, "select nextval('session_seq')", planned.size());
        List<Long> participantIds = ids(connection, "select nextval('participant_seq')", planned.size());
        try (PreparedStatement sessions = connection.prepareStatement(SESSION);
                PreparedStatement seats = connection.prepareStatement(SEAT);
                PreparedStatement participants = connection.prepareStatement(PARTICIPANT)) {
            for (int i = 0; i < planned.size(); i++) {
                bindSession(sessions, sessionIds.get(i), planned.get(i));
                seats.setLong(1, sessionIds.get(i));
                seats.addBatch();
                bindParticipant(participants, participantIds.get(i), sessionIds.get(i), planned.get(i));
            }
            sessions.executeBatch();
            seats.executeBatch();
            participants.executeBatch();
        }
        for (int i = 0; i < planned.size(); i++) {
            if (planned.get(i).cancelled() == null) {
                availability.reserve(sessionIds.get(i), planned.get(i).claims(), null);
            }
        }
    }

    private void bindSession(PreparedStatement insert, long id, Planned p) throws SQLException {
        Visit visit = p.visit();
        Cancelled cancelled = p.cancelled();
        insert.setLong(1, id);
        insert.setLong(2, visit.modality().id());
        insert.setLong(3, visit.place().site().id());
        insert.setLong(4, visit.room().id());
        insert.setLong(5, visit.worker().therapist().id());
        insert.setObject(6, utc(p.slot().start()));
        insert.setObject(7, utc(p.slot().end()));
        insert.setInt(8, visit.room().turnoverMinutes());
        insert.setBoolean(9, !visit.room().isTelehealth());
        insert.setString(10, cancelled == null ? "BOOKED" : "CANCELLED");
        insert.setString(11, cancelled == null ? null : cancelled.reason());
        setInstant(insert, 12, cancelled == null ? null : cancelled.at());
        insert.setBoolean(13, cancelled != null && cancelled.late());
        insert.setObject(14, utc(p.bookedAt()));
        insert.setLong(15, bookers.get(random.nextInt(bookers.size())));
        insert.addBatch();
    }

    private static void bindParticipant(PreparedStatement insert, long id, long sessionId, Planned p)
            throws SQLException {
        Attendance attendance = p.attendance();
        insert.setLong(1, id);
        insert.setLong(2, sessionId);
        insert.setLong(3, p.visit().client().patient().id());
        insert.setObject(4, attendance.state().isLive() ? 1 : null, Types.INTEGER);
        insert.setString(5, attendance.state().name());
        setInstant(insert, 6, attendance.checkedInAt());
        insert.setInt(7, attendance.lateMinutes());
        insert.setObject(8, attendance.minutes(), Types.INTEGER);
        insert.addBatch();
    }

    /** Ids as the entities' generator takes them: each number of a sequence ends a block. */
    static List<Long> ids(Connection connection, String next, int count) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            while (ids.size() < count) {
                try (ResultSet row = statement.executeQuery(next)) {
                    row.next();
                    long last = row.getLong(1);
                    for (long id = last - SEQUENCE_STEP + 1; id <= last; id++) {
                        ids.add(id);
                    }
                }
            }
        }
        return ids;
    }

    static void setInstant(PreparedStatement insert, int index, @Nullable Instant instant) throws SQLException {
        insert.setObject(index, instant == null ? null : utc(instant), Types.TIMESTAMP_WITH_TIMEZONE);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private Duration days(int least, int most) {
        return Duration.ofMinutes((least + random.nextInt(most - least)) * 1440L + random.nextInt(300));
    }

    private Duration minutes(int least, int most) {
        return Duration.ofMinutes(least + random.nextInt(most - least));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
