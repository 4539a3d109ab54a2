package org.evenkeel.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Saving;
import org.jspecify.annotations.Nullable;

/** The accounts in the database; to be called inside a transaction. */
@ApplicationScoped
class Accounts {
    private static final String PAGE =
            """
            select a from Account a where a.username like :part or lower(a.displayName) like :part order by a.username""";
    private static final String COUNT =
            """
            select count(a) from Account a where a.username like :part or lower(a.displayName) like :part""";

    private final EntityManager entities;

    @Inject
    Accounts(EntityManager entities) {
        this.entities = entities;
    }

    @SuppressWarnings("NullAway")
    protected Accounts() {
        this(null);
    }

    Optional<Account> byUsername(String username) {
        return entities.createQuery("select a from Account a where a.username = :username", Account.class)
                .setParameter("username", Account.normalised(username))
                .getResultStream()
                .findFirst();
    }

    Optional<Account> byId(long id) {
        @Nullable Account account = entities.find(Account.class, id);
        return Optional.ofNullable(account);
    }

    /** @throws Invalid about "username" if there is an account of that name */
    void add(Account account) {
        entities.persist(account);
        Saving.flush(entities, "Account", () -> new Invalid("username", "invalid.identity.usernameTaken"));
    }

    /** @param part of a username or display name, in lower case; "" for all */
    List<Account> page(String part, int offset, int limit) {
        return entities.createQuery(PAGE, Account.class)
                .setParameter("part", "%" + part + "%")
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long count(String part) {
        return entities.createQuery(COUNT, Long.class)
                .setParameter("part", "%" + part + "%")
                .getSingleResult();
    }

    /** Locks every administrator's row, so that two of them cannot remove each other at once, and counts the active ones. */
    long countActiveAdministratorsLocked() {
        entities.createNativeQuery(
                        "select id from account where id in (select account_id from account_role where role = 'ADMIN')"
                                + " order by id for update")
                .getResultList();
        return countActiveAdministrators();
    }

    long countActiveAdministrators() {
        return entities.createQuery(
                        "select count(a) from Account a where a.active = true and :admin member of a.roles", Long.class)
                .setParameter("admin", Role.ADMIN)
                .getSingleResult();
    }
}
