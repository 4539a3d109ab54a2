package org.evenkeel.series;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A patient who waits for a seat in a series, or for a time with a modality by criteria. Placed and withdrawn ones stay on record. */
@Entity
@Table(name = "waitlist_entry")
public class WaitlistEntry {

    /** Where it stands. */
    public enum State {
        WAITING,
        PLACED,
        WITHDRAWN
    }

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "waitlist_entry_seq")
    @SequenceGenerator(name = "waitlist_entry_seq", sequenceName = "waitlist_entry_seq", allocationSize = 50)
    private long id;

    @Column(name = "patient_id")
    private long patientId;

    @Column(name = "series_id")
    private @Nullable Long seriesId;

    @Column(name = "modality_id")
    private @Nullable Long modalityId;

    @Column(name = "therapist_id")
    private @Nullable Long therapistId;

    @Column(name = "site_id")
    private @Nullable Long siteId;

    private String weekdays;

    @Column(name = "after_time")
    private @Nullable LocalTime after;

    @Column(name = "before_time")
    private @Nullable LocalTime before;

    @Column(name = "from_date")
    private LocalDate from;

    private int priority;

    @Column(name = "waiting_since")
    private Instant waitingSince;

    @Enumerated(EnumType.STRING)
    private State state = State.WAITING;

    @Column(name = "closed_at")
    private @Nullable Instant closedAt;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected WaitlistEntry() {}

    WaitlistEntry(WaitlistWish wish, @Nullable Long modalityId, Instant now) {
        this.patientId = wish.patientId();
        this.seriesId = wish.seriesId();
        this.modalityId = modalityId;
        this.therapistId = wish.therapistId();
        this.siteId = wish.siteId();
        this.weekdays =
                new TreeSet<>(wish.weekdays()).stream().map(String::valueOf).collect(Collectors.joining());
        this.after = wish.after();
        this.before = wish.before();
        this.from = wish.from();
        this.priority = wish.priority();
        this.waitingSince = now;
    }

    /** Waits for another group from now on; how long they have waited still counts. */
    void waitFor(long series) {
        seriesId = series;
    }

    void close(State how, Instant now) {
        state = how;
        closedAt = now;
    }

    public long id() {
        return id;
    }

    public long patientId() {
        return patientId;
    }

    public Optional<Long> seriesId() {
        return Optional.ofNullable(seriesId);
    }

    public Optional<Long> modalityId() {
        return Optional.ofNullable(modalityId);
    }

    LocalDate from() {
        return from;
    }

    /** Since when they wait. */
    Instant since() {
        return waitingSince;
    }

    public boolean isWaiting() {
        return state == State.WAITING;
    }

    /** ISO weekdays that suit, 1 Monday to 7 Sunday; empty: any. */
    Set<Integer> weekdays() {
        return weekdays.chars().map(c -> c - '0').boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public String toString() {
        return "WaitlistEntry " + id;
    }
}
