package org.evenkeel.session;

import jakarta.persistence.CascadeType;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenkeel.availability.Claim;
import org.evenkeel.availability.Resource;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.TimeSlot;
import org.jspecify.annotations.Nullable;

/**
 * One occurrence of a therapy: slot, modality, lead therapist, room, participants. It is booked, perhaps moved or changed, and
 * either takes place or is cancelled; a cancelled one stays on record and claims nothing. An individual session has capacity 1.
 */
@Entity
public class Session {

    public static final int MAX_MINUTES = (int) TimeSlot.LONGEST_SESSION.toMinutes();

    /** The cancel reason of a session whose booking was undone; boards do not list it. */
    public static final String UNDONE = "undone";

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "session_seq")
    @SequenceGenerator(name = "session_seq", sequenceName = "session_seq", allocationSize = 50)
    private long id;

    @Column(name = "modality_id")
    private long modalityId;

    @Column(name = "site_id")
    private long siteId;

    @Column(name = "room_id")
    private long roomId;

    @Column(name = "therapist_id")
    private long therapistId;

    @Embedded
    private TimeSlot slot;

    @Column(name = "turnover_minutes")
    private int turnoverMinutes;

    /** A copy of what the room is at the time of booking: telehealth takes no room. */
    @Column(name = "takes_room")
    private boolean takesRoom;

    private int capacity;

    /** Who facilitates a group with the lead therapist. */
    @ElementCollection
    @CollectionTable(name = "session_facilitator", joinColumns = @JoinColumn(name = "session_id"))
    @Column(name = "therapist_id")
    private List<Long> coFacilitators = new ArrayList<>();

    @Column(name = "series_id")
    private @Nullable Long seriesId;

    private @Nullable LocalDateTime occurrence;

    @Column(name = "by_hand")
    private boolean byHand;

    @Enumerated(EnumType.STRING)
    private SessionState state = SessionState.BOOKED;

    @Column(name = "cancel_reason")
    private @Nullable String cancelReason;

    @Column(name = "cancelled_at")
    private @Nullable Instant cancelledAt;

    @Column(name = "late_cancelled")
    private boolean lateCancelled;

    private @Nullable String overridden;

    @Column(name = "override_reason")
    private @Nullable String overrideReason;

    private int revision = 1;

    /** Null: as it was booked. */
    @Column(name = "revised_at")
    private @Nullable Instant revisedAt;

    /** Since when somebody else leads it, and nothing else has changed; null: since it was revised. */
    @Column(name = "led_at")
    private @Nullable Instant ledAt;

    /** When something last happened that a patient may be told of. */
    @Column(name = "touched_at")
    private @Nullable Instant touchedAt;

    @Column(name = "booked_at")
    private Instant bookedAt;

    @Column(name = "booked_by")
    private @Nullable Long bookedBy;

    @OneToMany(mappedBy = "session", cascade = CascadeType.PERSIST)
    @OrderBy("id")
    private List<Participant> participants = new ArrayList<>();

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Session() {}

    /**
     * Books a session. In the same transaction {@link Sessions} gives it seats and patients, and {@code Availability} must
     * grant its {@link #claims()}.
     */
    static Session book(Placement at, int capacity, Instant now, @Nullable Long bookedBy) {
        Session session = new Session();
        session.capacity = capacity;
        session.bookedAt = now;
        session.touchedAt = now;
        session.bookedBy = bookedBy;
        session.place(at);
        return session;
    }

    /** What, when, with whom and where. */
    record Placement(
            long modalityId,
            TimeSlot slot,
            long therapistId,
            List<Long> coFacilitators,
            long roomId,
            long siteId,
            int turnoverMinutes,
            boolean takesRoom) {

        /** The lead therapist, then who facilitates with them. */
        List<Long> therapists() {
            return Stream.concat(Stream.of(therapistId), coFacilitators.stream())
                    .toList();
        }

        /** What it takes for these patients: its therapists, a room with its turnover, and no room where there are no walls. */
        List<Claim> claims(List<Long> patientIds) {
            List<Claim> claims = new ArrayList<>();
            therapists().forEach(t -> claims.add(new Claim(Resource.therapist(t), slot)));
            if (takesRoom) {
                claims.add(new Claim(Resource.room(roomId), slot.extendedBy(turnoverMinutes)));
            }
            patientIds.forEach(patient -> claims.add(new Claim(Resource.patient(patient), slot)));
            return claims;
        }
    }

    private void place(Placement at) {
        modalityId = at.modalityId();
        slot = at.slot();
        therapistId = at.therapistId();
        if (!coFacilitators().equals(at.coFacilitators())) {
            coFacilitators.clear();
            coFacilitators.addAll(at.coFacilitators());
        }
        roomId = at.roomId();
        siteId = at.siteId();
        turnoverMinutes = at.turnoverMinutes();
        takesRoom = at.takesRoom();
    }

    /** It comes from a series, where it stands for that wall time even when it is moved. */
    void occurOf(long series, LocalDateTime wallTime) {
        seriesId = series;
        occurrence = wallTime;
    }

    /** It was changed apart from its series, and edits of the series leave it alone (acceptance case A9). */
    void changedByHand() {
        byHand = seriesId != null;
    }

    /**
     * Moves or changes it; a new revision only if a patient may notice: another time, site or therapist. Of rooms no message tells.
     *
     * @return whether it is as it was but for who leads it, which few patients are told
     */
    boolean change(Placement to, Instant now) {
        boolean moved = !slot.equals(to.slot()) || siteId != to.siteId();
        boolean led = !moved && therapistId != to.therapistId();
        place(to);
        if (moved) {
            askAgain();
            revise(now);
        } else if (led) {
            Instant before = revisedAt;
            revise(now);
            revisedAt = before;
            ledAt = now;
        }
        return led;
    }

    /** Another instant for the same wall time, because the site's zone has changed. */
    void shiftTo(TimeSlot other, Instant now) {
        slot = other;
        askAgain();
        revise(now);
    }

    /** Who has agreed to one time has not agreed to another. */
    private void askAgain() {
        participants.stream()
                .filter(p -> p.state() == ParticipantState.CONFIRMED)
                .forEach(Participant::expectAgain);
    }

    private void revise(Instant now) {
        revision++;
        revisedAt = now;
        ledAt = null;
        touchedAt = now;
    }

    /** Which soft rules it goes against where it is now, and why; none: what was said before holds no longer. */
    void goesAgainst(List<Refusal> soft, String reason) {
        overridden = soft.isEmpty()
                ? null
                : soft.stream().map(r -> r.rule().name()).distinct().collect(Collectors.joining(" "));
        overrideReason = soft.isEmpty() ? null : reason;
    }

    /** A patient gives their seat back, or it is taken from them, while the session goes on. */
    void leaves(Participant who, boolean late, Instant now) {
        who.leave(late, now);
        touchedAt = now;
    }

    /**
     * Frees all seats. Flush before they are taken anew: the database writes inserts before updates.
     *
     * @param staying the ids of the patients who get a seat again; the others leave
     */
    void unseatAll(List<Long> staying, Instant now) {
        for (Participant participant : liveParticipants()) {
            if (staying.contains(participant.patientId())) {
                participant.cancel(false);
            } else {
                leaves(participant, false, now);
            }
        }
    }

    /** Others come to it than before. */
    void replacePatients(List<Long> patientIds, Instant now) {
        int number = 1;
        for (Long patient : patientIds) {
            seat(patient, number++, null, now);
        }
        revise(now);
    }

    /** Gives patients the first seats, which must be free in the database. */
    void seat(List<Long> patientIds, Map<Long, Long> enrolments) {
        int number = 1;
        for (Long patient : patientIds) {
            seat(patient, number++, enrolments.get(patient), null);
        }
    }

    /**
     * Gives a patient a seat, which must be free in the database.
     *
     * @param at when, if the session was there before; null: with it
     */
    void seat(long patientId, int number, @Nullable Long enrolmentId, @Nullable Instant at) {
        participants.add(new Participant(this, patientId, number, enrolmentId, at));
        touchedAt = at == null ? touchedAt : at;
    }

    /**
     * Puts everything but the placement back as it stood, once all are {@link #unseatAll unseated} and that has been flushed. It is another revision, and
     * still nothing that is new to a patient.
     */
    void restore(Change.Before before, Instant now) {
        before.participants().forEach(b -> participant(b.participantId()).restore(b));
        byHand = before.byHand();
        overridden = before.overridden();
        overrideReason = before.overrideReason();
        revise(now);
        revisedAt = before.revisedAt();
        ledAt = before.ledAt();
    }

    /** Puts attendance back as it stood: a patient notices nothing, and nothing else is taken or freed. */
    void restoreAttendance(List<Change.ParticipantBefore> before) {
        before.forEach(b -> participant(b.participantId()).restoreAttendance(b));
    }

    void cancel(String reason, boolean late, Instant now) {
        state = SessionState.CANCELLED;
        cancelReason = reason;
        cancelledAt = now;
        lateCancelled = late;
        revise(now);
        liveParticipants().forEach(p -> p.cancel(late));
    }

    /** Takes a cancellation back; the claims must be reserved anew. */
    void reinstate(Change.Before before, Instant now) {
        state = SessionState.BOOKED;
        cancelReason = null;
        cancelledAt = null;
        lateCancelled = false;
        restore(before, now);
    }

    /** How many may come from now on; who is in stays. */
    void resize(int seats) {
        capacity = seats;
    }

    /** Everything that it takes while it stands. */
    public List<Claim> claims() {
        return new Placement(
                        modalityId, slot, therapistId, coFacilitators(), roomId, siteId, turnoverMinutes, takesRoom)
                .claims(liveParticipants().stream().map(Participant::patientId).toList());
    }

    Participant participant(long participantId) {
        return participants.stream()
                .filter(p -> p.id() == participantId)
                .findFirst()
                .orElseThrow(() -> new NotFound("participant", participantId));
    }

    public List<Participant> liveParticipants() {
        return participants.stream().filter(p -> p.state().isLive()).toList();
    }

    public List<Participant> participants() {
        return List.copyOf(participants);
    }

    Change.Before asItStands() {
        return new Change.Before(
                modalityId,
                slot,
                therapistId,
                roomId,
                revision,
                revisedAt,
                ledAt,
                participants.stream().map(Participant::asItStands).toList(),
                byHand,
                overridden,
                overrideReason);
    }

    public long id() {
        return id;
    }

    public long modalityId() {
        return modalityId;
    }

    public long siteId() {
        return siteId;
    }

    public long roomId() {
        return roomId;
    }

    public long therapistId() {
        return therapistId;
    }

    public TimeSlot slot() {
        return slot;
    }

    public int capacity() {
        return capacity;
    }

    /** Whether it is for more than one patient. */
    public boolean isGroup() {
        return capacity > 1;
    }

    /** Ids of the therapists who facilitate a group with the lead; an individual session has none. */
    public List<Long> coFacilitators() {
        return isGroup() ? List.copyOf(coFacilitators) : List.of();
    }

    /** The lead therapist, then who facilitates with them. */
    public List<Long> therapists() {
        return Stream.concat(Stream.of(therapistId), coFacilitators().stream()).toList();
    }

    /** The series that it comes from. */
    public Optional<Long> seriesId() {
        return Optional.ofNullable(seriesId);
    }

    /** The wall time by its series' rule, in the site's zone. */
    public Optional<LocalDateTime> occurrence() {
        return Optional.ofNullable(occurrence);
    }

    public boolean isByHand() {
        return byHand;
    }

    public SessionState state() {
        return state;
    }

    public boolean isLive() {
        return state == SessionState.BOOKED;
    }

    public Optional<String> cancelReason() {
        return Optional.ofNullable(cancelReason);
    }

    /** The soft rules that it was booked against, separated by spaces. */
    public Optional<String> overriddenRules() {
        return Optional.ofNullable(overridden);
    }

    /** Counts what a patient may notice. */
    public int revision() {
        return revision;
    }

    /** Counts every change; the ETag. */
    public long version() {
        return version;
    }

    @Override
    public String toString() {
        return "Session " + id;
    }
}
