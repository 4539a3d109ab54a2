package org.evenkeel.identity;

import java.util.Set;
import org.evenkeel.audit.Gate;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.MovableClock;
import org.evenkeel.testing.RecordingAudit;

/** Sign-in and accounts on an empty database, with a clock that a test moves. */
final class IdentityFixture {
    static final String PASSWORD = "quiet river under stones";
    static final String ADDRESS = "198.51.100.7";
    static final Actor ADMINISTRATOR = new Actor(1, "admin", Set.of(Role.ADMIN), null);
    static final Actor DESK = new Actor(2, "desk", Set.of(Role.DESK), null);

    /** Shared, since hashing its decoy takes a while. */
    static final Passwords PASSWORDS = new Passwords();

    final Database database;
    final MovableClock clock = MovableClock.at("2027-03-01T09:00:00Z");
    final RecordingAudit audit = new RecordingAudit();

    IdentityFixture(Database database) {
        this.database = database;
        database.clean();
    }

    Accounts accounts() {
        return new Accounts(database.entityManager());
    }

    LoginThrottle throttle() {
        return new LoginThrottle(database.entityManager(), database.transactions(), clock);
    }

    LoginSessions sessions() {
        return new LoginSessions(database.entityManager(), database.transactions(), clock);
    }

    ApiTokens tokens() {
        return new ApiTokens(database.entityManager(), database.transactions(), audit, gate(), clock);
    }

    SignIn signIn() {
        return signIn(PASSWORDS);
    }

    SignIn signIn(Passwords passwords) {
        return new SignIn(accounts(), passwords, throttle(), database.transactions(), audit);
    }

    OwnAccount ownAccount() {
        return new OwnAccount(accounts(), sessions(), PASSWORDS, throttle(), database.transactions(), audit);
    }

    AccountAdministration administration() {
        return new AccountAdministration(
                accounts(),
                sessions(),
                tokens(),
                PASSWORDS,
                database.entityManager(),
                database.transactions(),
                audit,
                gate(),
                clock);
    }

    FirstAdministrator firstAdministrator() {
        return new FirstAdministrator(
                accounts(), PASSWORDS, database.entityManager(), database.transactions(), audit, clock);
    }

    Settings settings() {
        return new Settings(database.entityManager(), database.transactions(), audit, gate(), clock);
    }

    /** The id of a new active account with {@link #PASSWORD}. */
    long account(String username, Role... roles) {
        return database.transactions().inNew(() -> {
            Account account = new Account(username, "Someone", Set.of(roles), null, clock.instant());
            account.setPasswordHash(HASH);
            accounts().add(account);
            return account.id();
        });
    }

    Account read(long id) {
        return administration().find(ADMINISTRATOR, id);
    }

    boolean succeeds(String username, String password) {
        return succeeds(username, password, ADDRESS);
    }

    boolean succeeds(String username, String password, String address) {
        return signIn().attempt(username, password, address).isPresent();
    }

    long count(String action, String result) {
        return audit.entries().stream()
                .filter(entry -> entry.action().equals(action) && entry.result().equals(result))
                .count();
    }

    private Gate gate() {
        return new Gate(audit);
    }

    private static final String HASH = PASSWORDS.hash(PASSWORD);
}
