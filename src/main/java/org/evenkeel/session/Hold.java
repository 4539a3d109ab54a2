package org.evenkeel.session;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import java.time.Instant;
import java.util.List;
import org.evenkeel.availability.Claim;
import org.evenkeel.availability.Resource;
import org.evenkeel.shared.TimeSlot;
import org.jspecify.annotations.Nullable;

/** A therapist and a room kept for an account, or for one who waits, until an instant. Its id is from the sequence of sessions: both are claims. */
@Entity
class Hold {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "hold_seq")
    @SequenceGenerator(name = "hold_seq", sequenceName = "session_seq", allocationSize = 50)
    private long id;

    @Column(name = "account_id")
    private long accountId;

    /** For whom it is kept; null: for the account. */
    @Column(name = "waitlist_entry_id")
    private @Nullable Long waitlistEntryId;

    @Column(name = "therapist_id")
    private long therapistId;

    @Column(name = "room_id")
    private long roomId;

    @Embedded
    private TimeSlot slot;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @SuppressWarnings("NullAway.Init")
    protected Hold() {}

    Hold(long accountId, FreeTime time, Instant expiresAt) {
        this.accountId = accountId;
        this.therapistId = time.therapist().id();
        this.roomId = time.room().id();
        this.slot = time.slot();
        this.expiresAt = expiresAt;
    }

    /** Kept for one who waits. */
    Hold(long accountId, long waitlistEntryId, TimeSlot slot, long therapistId, long roomId, Instant expiresAt) {
        this.accountId = accountId;
        this.waitlistEntryId = waitlistEntryId;
        this.therapistId = therapistId;
        this.roomId = roomId;
        this.slot = slot;
        this.expiresAt = expiresAt;
    }

    long id() {
        return id;
    }

    long roomId() {
        return roomId;
    }

    Instant expiresAt() {
        return expiresAt;
    }

    /** @param turnover minutes that the room is kept free after it, as after a session */
    List<Claim> claims(int turnover) {
        return List.of(
                new Claim(Resource.therapist(therapistId), slot),
                new Claim(Resource.room(roomId), slot.extendedBy(turnover)));
    }
}
