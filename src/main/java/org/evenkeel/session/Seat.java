package org.evenkeel.session;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;

/** A place in a session, made with it. A participant takes one by a unique key, which is how the database knows the capacity. */
@Entity
@IdClass(Seat.Key.class)
class Seat {

    /** A seat is known by its session and its number, from 1. */
    record Key(long session, int number) {}

    @Id
    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "session_id")
    private Session session;

    @Id
    private int number;

    @SuppressWarnings("NullAway.Init")
    protected Seat() {}

    Seat(Session session, int number) {
        this.session = session;
        this.number = number;
    }

    int number() {
        return number;
    }
}
