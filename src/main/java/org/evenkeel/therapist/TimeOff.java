package org.evenkeel.therapist;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.evenkeel.shared.TimeSlot;

/** When a therapist is away; added under the lock of the therapist's row, which bookings take too. */
@Entity
@Table(name = "time_off")
public class TimeOff {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "time_off_seq")
    @SequenceGenerator(name = "time_off_seq", sequenceName = "time_off_seq", allocationSize = 50)
    private long id;

    @Column(name = "therapist_id")
    private long therapistId;

    @Embedded
    private TimeSlot slot;

    private String reason;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected TimeOff() {}

    public TimeOff(long therapistId, TimeSlot slot, String reason) {
        this.therapistId = therapistId;
        this.slot = slot;
        this.reason = reason;
    }

    public long id() {
        return id;
    }

    public long therapistId() {
        return therapistId;
    }

    public TimeSlot slot() {
        return slot;
    }

    /** For the therapist, the desk and the lead; never shown to others. */
    public String reason() {
        return reason;
    }

    @Override
    public String toString() {
        return "TimeOff " + id;
    }
}
