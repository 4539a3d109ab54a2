package org.evenkeel.demo;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.evenkeel.demo.DemoStaff.Worker;
import org.evenkeel.identity.Account;
import org.evenkeel.identity.ApiToken;
import org.evenkeel.identity.Role;
import org.jspecify.annotations.Nullable;

/** The accounts of the demo, all with one password that everybody knows and a token that everybody can guess. */
final class DemoAccounts {
    static final String PASSWORD = "demo-evenkeel";
    static final String TOKEN = "demo-token-";

    private final EntityManager entities;
    private final String passwordHash;
    private final Instant createdAt;

    DemoAccounts(EntityManager entities, String passwordHash, Instant createdAt) {
        this.entities = entities;
        this.passwordHash = passwordHash;
        this.createdAt = createdAt;
    }

    /** The accounts, those of the front desk first. */
    List<Account> persist(List<Worker> workers) {
        List<Account> accounts = new ArrayList<>();
        accounts.add(account("desk", "Jordan Avery", Role.DESK, null));
        accounts.add(account("desk2", "Casey Morgan", Role.DESK, null));
        accounts.add(account("lead", "Dr Amina Farouk", Role.LEAD, null));
        accounts.add(account("admin", "Sam Whitfield", Role.ADMIN, null));
        for (Worker worker : workers) {
            accounts.add(account(
                    worker.username(),
                    worker.therapist().displayName(),
                    Role.THERAPIST,
                    worker.therapist().id()));
        }
        entities.flush();
        for (Account account : accounts) {
            entities.persist(new ApiToken(account.id(), "Demo", TOKEN + account.username(), createdAt));
        }
        entities.flush();
        return accounts;
    }

    private Account account(String username, String name, Role role, @Nullable Long therapist) {
        Account account = new Account(username, name, EnumSet.of(role), therapist, createdAt);
        account.setPasswordHash(passwordHash);
        entities.persist(account);
        return account;
    }
}
