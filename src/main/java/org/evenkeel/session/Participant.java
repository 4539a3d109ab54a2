package org.evenkeel.session;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A patient in a session. One that was cancelled stays on record without a seat. */
@Entity
public class Participant {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "participant_seq")
    @SequenceGenerator(name = "participant_seq", sequenceName = "participant_seq", allocationSize = 50)
    private long id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "session_id")
    private Session session;

    @Column(name = "patient_id")
    private long patientId;

    @Column(name = "seat_number")
    private @Nullable Integer seatNumber;

    @Column(name = "enrolment_id")
    private @Nullable Long enrolmentId;

    @Enumerated(EnumType.STRING)
    private ParticipantState state = ParticipantState.BOOKED;

    @Column(name = "checked_in_at")
    private @Nullable Instant checkedInAt;

    @Column(name = "late_minutes")
    private int lateMinutes;

    @Column(name = "attended_minutes")
    private @Nullable Integer attendedMinutes;

    private boolean excused;

    /** Null: with the session. */
    @Column(name = "booked_at")
    private @Nullable Instant bookedAt;

    /** When they gave their seat back, or it was taken from them; null: they have not, or lost it with the session. */
    @Column(name = "left_at")
    private @Nullable Instant leftAt;

    /** When the session was to begin then: it may be moved for others. */
    @Column(name = "left_start")
    private @Nullable Instant leftStart;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Participant() {}

    Participant(
            Session session, long patientId, int seatNumber, @Nullable Long enrolmentId, @Nullable Instant bookedAt) {
        this.session = session;
        this.patientId = patientId;
        this.seatNumber = seatNumber;
        this.enrolmentId = enrolmentId;
        this.bookedAt = bookedAt;
    }

    public long id() {
        return id;
    }

    public long patientId() {
        return patientId;
    }

    public ParticipantState state() {
        return state;
    }

    /** The enrolment in the session's series; none for a one-off guest. */
    public Optional<Long> enrolmentId() {
        return Optional.ofNullable(enrolmentId);
    }

    /** Whether an absence is not held against the patient. */
    public boolean isExcused() {
        return excused;
    }

    int seatNumber() {
        return seatNumber == null ? 0 : seatNumber;
    }

    public Optional<Instant> checkedInAt() {
        return Optional.ofNullable(checkedInAt);
    }

    /** How late the patient came, in minutes. */
    public int lateMinutes() {
        return lateMinutes;
    }

    /** How long the patient took part, in minutes, once attendance is marked. */
    public Optional<Integer> attendedMinutes() {
        return Optional.ofNullable(attendedMinutes);
    }

    void cancel(boolean late) {
        state = late ? ParticipantState.LATE_CANCELLED : ParticipantState.CANCELLED;
        seatNumber = null;
    }

    /** Gives their seat back while the session goes on. */
    void leave(boolean late, Instant now) {
        cancel(late);
        leftAt = now;
        leftStart = session.slot().start();
    }

    /** They knew of it before anyone else, and need not be told that it is off. */
    void leftOfTheirOwn(Instant now) {
        leftAt = now;
    }

    /** The patient says that they will come. */
    void confirm() {
        state = ParticipantState.CONFIRMED;
    }

    void arrive(Instant at) {
        state = ParticipantState.CHECKED_IN;
        excused = false;
        checkedInAt = checkedInAt == null ? at : checkedInAt;
        lateMinutes = 0;
        attendedMinutes = null;
    }

    void attend(int late, int minutes) {
        state = ParticipantState.ATTENDED;
        excused = false;
        lateMinutes = late;
        attendedMinutes = minutes;
    }

    void missed(boolean withExcuse) {
        state = ParticipantState.NO_SHOW;
        excused = withExcuse;
        lateMinutes = 0;
        attendedMinutes = null;
    }

    /** Takes arrival and attendance back. */
    void expectAgain() {
        state = ParticipantState.BOOKED;
        excused = false;
        checkedInAt = null;
        lateMinutes = 0;
        attendedMinutes = null;
    }

    Change.ParticipantBefore asItStands() {
        return new Change.ParticipantBefore(
                id, patientId, state, checkedInAt, lateMinutes, attendedMinutes, excused, seatNumber, leftAt);
    }

    void restore(Change.ParticipantBefore before) {
        restoreAttendance(before);
        seatNumber = before.seatNumber();
        leftAt = before.leftAt();
        leftStart = leftAt == null ? null : leftStart;
    }

    /** Everything but the seat, which attendance leaves alone. */
    void restoreAttendance(Change.ParticipantBefore before) {
        state = before.state();
        checkedInAt = before.checkedInAt();
        lateMinutes = before.lateMinutes();
        attendedMinutes = before.attendedMinutes();
        excused = before.excused();
    }

    @Override
    public String toString() {
        return "Participant " + id;
    }
}
