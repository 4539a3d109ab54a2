package org.evenkeel.site;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Version;

/**
 * Where a session takes place. Turnover minutes keep it free after each session. A telehealth room has no walls: any number of
 * sessions may be in it at once.
 */
@Entity
public class Room {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "room_seq")
    @SequenceGenerator(name = "room_seq", sequenceName = "room_seq", allocationSize = 50)
    private long id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "site_id")
    private Site site;

    private String name;
    private int capacity;

    @Column(name = "turnover_minutes")
    private int turnoverMinutes;

    private boolean telehealth;
    private boolean active = true;

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Room() {}

    public Room(Site site, String name, int capacity, int turnoverMinutes, boolean telehealth) {
        this.site = site;
        describe(name, capacity, turnoverMinutes, telehealth, true);
    }

    public final void describe(
            String newName, int newCapacity, int newTurnoverMinutes, boolean nowTelehealth, boolean nowActive) {
        name = newName;
        capacity = newCapacity;
        turnoverMinutes = newTurnoverMinutes;
        telehealth = nowTelehealth;
        active = nowActive;
    }

    public long id() {
        return id;
    }

    public Site site() {
        return site;
    }

    public String name() {
        return name;
    }

    public int capacity() {
        return capacity;
    }

    public int turnoverMinutes() {
        return turnoverMinutes;
    }

    public boolean isTelehealth() {
        return telehealth;
    }

    public boolean isActive() {
        return active;
    }

    public long version() {
        return version;
    }

    RoomDetails details() {
        return new RoomDetails(site.id(), name, capacity, turnoverMinutes, telehealth, active);
    }

    void describe(RoomDetails details) {
        describe(details.name(), details.capacity(), details.turnoverMinutes(), details.telehealth(), details.active());
    }

    @Override
    public String toString() {
        return "Room " + id;
    }
}
