package org.evenkeel.reminder;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message due, for one (session, schedule revision, rule with its lead time, channel, recipient). Made by the
 * {@link ReminderPlanner}; from then on the {@link Outbox} alone changes it, by statements that compare and swap.
 */
@Entity
class Reminder {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "reminder_seq")
    @SequenceGenerator(name = "reminder_seq", sequenceName = "reminder_seq", allocationSize = 50)
    private long id;

    @Column(name = "session_id")
    private long sessionId;

    private int revision;

    @Column(name = "rule_id")
    private long ruleId;

    /** How long before the start; of news, how often the same has been told of the revision before. */
    @Column(name = "lead_minutes")
    private int leadMinutes;

    @Enumerated(EnumType.STRING)
    private Channel channel;

    @Column(name = "patient_id")
    private long patientId;

    @Enumerated(EnumType.STRING)
    private Occasion occasion;

    @Column(name = "due_at")
    private Instant dueAt;

    @Column(name = "send_at")
    private Instant sendAt;

    @Enumerated(EnumType.STRING)
    private ReminderState state;

    @Enumerated(EnumType.STRING)
    private @Nullable Reason reason;

    private int attempts;

    @Column(name = "closed_at")
    private @Nullable Instant closedAt;

    @SuppressWarnings("NullAway.Init")
    protected Reminder() {}

    /** A pending one. */
    @SuppressWarnings("NullAway.Init")
    Reminder(
            long sessionId,
            int revision,
            long ruleId,
            int leadMinutes,
            Channel channel,
            long patientId,
            Occasion occasion,
            Instant dueAt,
            Instant sendAt) {
        this.sessionId = sessionId;
        this.revision = revision;
        this.ruleId = ruleId;
        this.leadMinutes = leadMinutes;
        this.channel = channel;
        this.patientId = patientId;
        this.occasion = occasion;
        this.dueAt = dueAt;
        this.sendAt = sendAt;
        this.state = ReminderState.PENDING;
    }

    /** There is no moment at which it could go out. */
    void expire(Reason why, Instant now) {
        close(ReminderState.EXPIRED, why, now);
    }

    /** It is not to go out. */
    void close(ReminderState how, Reason why, Instant now) {
        state = how;
        reason = why;
        closedAt = now;
    }

    @Override
    public String toString() {
        return "Reminder " + id;
    }
}
