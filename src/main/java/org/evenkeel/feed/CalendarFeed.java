package org.evenkeel.feed;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.evenkeel.identity.IssuedSecret;
import org.jspecify.annotations.Nullable;

/** The address of a therapist's calendar, one for each device or program that subscribes to it. */
@Entity
@Table(name = "calendar_feed")
public class CalendarFeed extends IssuedSecret {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "calendar_feed_seq")
    @SequenceGenerator(name = "calendar_feed_seq", sequenceName = "calendar_feed_seq", allocationSize = 50)
    private long id;

    @Column(name = "used_on")
    private @Nullable LocalDate usedOn;

    @SuppressWarnings("NullAway.Init")
    protected CalendarFeed() {}

    /** @param token the secret itself; only its hash is kept */
    CalendarFeed(long accountId, String token, Instant createdAt) {
        super(accountId, token, createdAt);
    }

    public long id() {
        return id;
    }

    /** The day in UTC on which it was last asked for; empty: never. */
    public Optional<LocalDate> usedOn() {
        return Optional.ofNullable(usedOn);
    }

    @Override
    public String toString() {
        return "Calendar feed " + id;
    }
}
