package org.evenkeel.series;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rule that sessions come from, and what they have in common: a running group, or the weekly sessions of one patient, which is
 * a series with one seat. It runs as long as it has a date to come; a split ("this and following") makes a second one that knows its
 * parent.
 */
@Entity
public class Series {

    /** What a count means: so many dates by the rule, or so many that are held, however many are skipped. */
    public enum Counting {
        DATES,
        HELD
    }

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "series_seq")
    @SequenceGenerator(name = "series_seq", sequenceName = "series_seq", allocationSize = 50)
    private long id;

    private String name;

    @Column(name = "modality_id")
    private long modalityId;

    @Column(name = "site_id")
    private long siteId;

    @Column(name = "room_id")
    private long roomId;

    @Column(name = "therapist_id")
    private long therapistId;

    @ElementCollection
    @CollectionTable(name = "series_facilitator", joinColumns = @JoinColumn(name = "series_id"))
    @Column(name = "therapist_id")
    private List<Long> coFacilitators = new ArrayList<>();

    private String rule;

    @Enumerated(EnumType.STRING)
    private Counting counts;

    @Column(name = "first_at")
    private LocalDateTime firstAt;

    private int minutes;
    private int capacity;

    @Column(name = "minimum_size")
    private int minimumSize;

    @Column(name = "cutoff_hours")
    private int cutoffHours;

    @Column(name = "open_to_new")
    private boolean openToNew;

    @Column(name = "parent_id")
    private @Nullable Long parentId;

    @Column(name = "origin_id")
    private @Nullable Long originId;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "created_by")
    private @Nullable Long createdBy;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Series() {}

    /** @param siteId the room's */
    static Series start(SeriesWish wish, long modalityId, long siteId, Instant now, @Nullable Long createdBy) {
        Series series = new Series();
        series.modalityId = modalityId;
        series.createdAt = now;
        series.createdBy = createdBy;
        series.describe(wish, siteId);
        return series;
    }

    void describe(SeriesWish wish, long site) {
        name = wish.name();
        siteId = site;
        roomId = wish.roomId();
        therapistId = wish.therapistId();
        if (!coFacilitators.equals(wish.coFacilitators())) {
            coFacilitators.clear();
            coFacilitators.addAll(wish.coFacilitators());
        }
        rule = wish.recurrence().toString();
        counts = wish.counts();
        firstAt = wish.first();
        minutes = wish.minutes();
        capacity = wish.capacity();
        minimumSize = wish.minimumSize();
        cutoffHours = wish.cutoffHours();
        openToNew = wish.open();
    }

    /** It repeats otherwise from now on, or ends earlier. */
    void repeat(Recurrence other, LocalDateTime first) {
        rule = other.toString();
        firstAt = first;
    }

    /** What all its dates to come have in common. */
    void change(SeriesChange change) {
        SeriesTerms terms = SeriesTerms.of(this).with(change);
        name = terms.name();
        roomId = change.roomId() == null ? roomId : change.roomId();
        therapistId = terms.therapistId();
        if (!coFacilitators.equals(terms.coFacilitators())) {
            coFacilitators.clear();
            coFacilitators.addAll(terms.coFacilitators());
        }
        minutes = terms.minutes();
        capacity = terms.capacity();
        minimumSize = terms.minimumSize();
        cutoffHours = terms.cutoffHours();
        openToNew = change.open() == null ? openToNew : change.open();
    }

    /** The part from a date on, which continues this one. */
    Series splitOff(Recurrence rest, LocalDateTime first, Instant now, @Nullable Long splitBy) {
        Series part = new Series();
        part.name = name;
        part.modalityId = modalityId;
        part.siteId = siteId;
        part.roomId = roomId;
        part.therapistId = therapistId;
        part.coFacilitators.addAll(coFacilitators);
        part.rule = rest.toString();
        part.counts = counts;
        part.firstAt = first;
        part.minutes = minutes;
        part.capacity = capacity;
        part.minimumSize = minimumSize;
        part.cutoffHours = cutoffHours;
        part.openToNew = openToNew;
        part.parentId = id;
        part.originId = originId == null ? id : originId;
        part.createdAt = now;
        part.createdBy = splitBy;
        return part;
    }

    public long id() {
        return id;
    }

    public String name() {
        return name;
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

    /** Who leads it. */
    public long therapistId() {
        return therapistId;
    }

    public List<Long> coFacilitators() {
        return List.copyOf(coFacilitators);
    }

    public Recurrence recurrence() {
        return Recurrence.of(rule);
    }

    public Counting counts() {
        return counts;
    }

    /** From when on it repeats, in the site's wall time. */
    public LocalDateTime firstAt() {
        return firstAt;
    }

    public int minutes() {
        return minutes;
    }

    public int capacity() {
        return capacity;
    }

    /** Below so many a date is decided on by the desk. */
    public int minimumSize() {
        return minimumSize;
    }

    /** So long before a date its size counts, and it takes nobody new: see {@link Admission}. */
    public int cutoffHours() {
        return cutoffHours;
    }

    /** Whether it takes patients after its first session; a closed group does not. */
    public boolean isOpen() {
        return openToNew;
    }

    /** The part before a split. */
    public Optional<Long> parentId() {
        return Optional.ofNullable(parentId);
    }

    public boolean isGroup() {
        return capacity > 1;
    }

    /** Counts changes; the ETag. */
    public long version() {
        return version;
    }

    @Override
    public String toString() {
        return "Series " + id;
    }
}
