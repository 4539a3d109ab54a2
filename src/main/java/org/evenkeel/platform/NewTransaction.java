package org.evenkeel.platform;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.util.Optional;

/**
 * The transaction of {@link JtaTransactions}. A failure is returned and not thrown, since the server takes whatever leaves a
 * transactional method for an incident and dumps what it finds in memory into a file; here it is often just a refusal.
 */
@ApplicationScoped
public class NewTransaction {

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry current;

    private EntityManager entities;
    private JtaAtCommit atCommit;

    @SuppressWarnings("NullAway.Init")
    protected NewTransaction() {}

    @Inject
    @SuppressWarnings("NullAway.Init")
    public NewTransaction(EntityManager entities, JtaAtCommit atCommit) {
        this.entities = entities;
        this.atCommit = atCommit;
    }

    /** Runs and flushes the work in a new transaction; tells the failure that has rolled it back, if there was one. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public Optional<RuntimeException> run(Runnable work) {
        try {
            work.run();
            entities.flush();
            atCommit.end();
            return Optional.empty();
        } catch (RuntimeException failure) {
            current.setRollbackOnly();
            return Optional.of(failure);
        }
    }
}
