package org.evenkeel.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Qualifier;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * Makes the EntityManager injectable by constructor: {@code @Inject Sites(EntityManager entities)}. Within a transaction it is the
 * transaction's; outside, each call has one of its own and what it finds is detached.
 * {@code unwrap(java.sql.Connection.class)} gives the connection of the transaction.
 */
@ApplicationScoped
public class EntityManagerProducer {

    @Produces
    @PersistenceContext(unitName = "evenkeel")
    private EntityManager entities;

    /** Marks, in persistence.xml, the EntityManager that the server would inject by itself: it knows only transactions. */
    @Qualifier
    @Retention(RetentionPolicy.RUNTIME)
    public @interface OnlyInTransactions {}
}
