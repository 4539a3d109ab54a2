package org.evenkeel.platform;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One value of each kind that the platforms mend; every one may be null. */
@Entity
public class Moment {

    @Id
    private long id;

    @Column(name = "at_instant")
    private @Nullable Instant instant;

    @Column(name = "at_time")
    private @Nullable LocalTime time;

    @Column(name = "at_date")
    private @Nullable LocalDate date;

    @Column(name = "uuid")
    private @Nullable UUID uuid;

    @Column(name = "code")
    private @Nullable String code;

    protected Moment() {}

    Moment(
            long id,
            @Nullable Instant instant,
            @Nullable LocalTime time,
            @Nullable LocalDate date,
            @Nullable UUID uuid,
            @Nullable String code) {
        this.id = id;
        this.instant = instant;
        this.time = time;
        this.date = date;
        this.uuid = uuid;
        this.code = code;
    }

    Values values() {
        return new Values(instant, time, date, uuid, code);
    }

    /** All but the id, to compare. */
    record Values(
            @Nullable Instant instant,
            @Nullable LocalTime time,
            @Nullable LocalDate date,
            @Nullable UUID uuid,
            @Nullable String code) {}
}
