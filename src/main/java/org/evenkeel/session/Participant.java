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

    @Enumerated(EnumType.STRING)
    private ParticipantState state = ParticipantState.BOOKED;

    @Column(name = "checked_in_at")
    private @Nullable Instant checkedInAt;

    @Column(name = "late_minutes")
    private int lateMinutes;

    @Column(name = "attended_minutes")
    private @Nullable Integer attendedMinutes;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Participant() {}

    Participant(Session session, long patientId, int seatNumber) {
        this.session = session;
        this.patientId = patientId;
        this.seatNumber = seatNumber;
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

    void arrive(Instant at) {
        state = ParticipantState.CHECKED_IN;
        checkedInAt = checkedInAt == null ? at : checkedInAt;
        lateMinutes = 0;
        attendedMinutes = null;
    }

    void attend(int late, int minutes) {
        state = ParticipantState.ATTENDED;
        lateMinutes = late;
        attendedMinutes = minutes;
    }

    void missed() {
        state = ParticipantState.NO_SHOW;
        lateMinutes = 0;
        attendedMinutes = null;
    }

    /** Takes arrival and attendance back. */
    void expectAgain() {
        state = ParticipantState.BOOKED;
        checkedInAt = null;
        lateMinutes = 0;
        attendedMinutes = null;
    }

    Change.ParticipantBefore asItStands() {
        return new Change.ParticipantBefore(id, patientId, state, checkedInAt, lateMinutes, attendedMinutes);
    }

    void restore(Change.ParticipantBefore before, @Nullable Integer seat) {
        restoreAttendance(before);
        seatNumber = seat;
    }

    /** Everything but the seat, which attendance leaves alone. */
    void restoreAttendance(Change.ParticipantBefore before) {
        state = before.state();
        checkedInAt = before.checkedInAt();
        lateMinutes = before.lateMinutes();
        attendedMinutes = before.attendedMinutes();
    }

    @Override
    public String toString() {
        return "Participant " + id;
    }
}
