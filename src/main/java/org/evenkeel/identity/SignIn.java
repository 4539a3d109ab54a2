package org.evenkeel.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/**
 * Judges a username and a password. Unknown, wrong, inactive and delayed get the same answer after the same work: one password is always
 * verified, against a decoy if need be.
 */
@ApplicationScoped
public class SignIn {
    private static final int LONGEST_INPUT = 1000;

    private final Accounts accounts;
    private final Passwords passwords;
    private final LoginThrottle throttle;
    private final Transactions transactions;
    private final AuditTrail audit;

    @Inject
    SignIn(
            Accounts accounts,
            Passwords passwords,
            LoginThrottle throttle,
            Transactions transactions,
            AuditTrail audit) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.throttle = throttle;
        this.transactions = transactions;
        this.audit = audit;
    }

    @SuppressWarnings("NullAway")
    protected SignIn() {
        this(null, null, null, null, null);
    }

    /**
     * The account, if it is active, the password is right, and neither the name nor the address has to wait.
     *
     * @param address where the request came from
     */
    public Optional<Account> attempt(String username, String password, String address) {
        String name = limited(username);
        boolean admitted = throttle.admits(name, address);
        Optional<Account> known = transactions.inNew(() -> accounts.byUsername(name));
        Optional<String> hash = known.filter(Account::isActive).flatMap(Account::passwordHash);
        boolean right = passwords.matches(limited(password), hash.orElseGet(passwords::decoy));
        if (!admitted || hash.isEmpty() || !right) {
            throttle.failed(address);
            audit.recordApart(actor(known.orElse(null)), entry(known.orElse(null), "REFUSED"));
            return Optional.empty();
        }
        throttle.succeeded(name);
        Account account = known.orElseThrow();
        welcome(account.id(), password, hash.orElseThrow());
        return Optional.of(account);
    }

    /** Notes that someone signs out; their session is ended apart. */
    public void left(Actor actor) {
        audit.recordApart(
                actor,
                new AuditTrail.Entry(
                        "SIGNED_OUT", "login", "account", List.of(actor.accountId()), List.of(), "OK", ""));
    }

    private void welcome(long accountId, String password, String hash) {
        @Nullable String renewed = passwords.isOutdated(hash) ? passwords.hash(password) : null;
        transactions.runInNew(() -> {
            Account account = accounts.byId(accountId).orElseThrow();
            if (renewed != null) {
                account.setPasswordHash(renewed);
            }
            audit.record(actor(account), entry(account, "OK"));
        });
    }

    private static Actor actor(@Nullable Account account) {
        return account == null ? Actor.NOBODY : new Actor(account.id(), account.username(), Set.of(), null);
    }

    private static AuditTrail.Entry entry(@Nullable Account account, String result) {
        List<Long> ids = account == null ? List.of() : List.of(account.id());
        return new AuditTrail.Entry("SIGNED_IN", "login", "account", ids, List.of(), result, "");
    }

    private static String limited(String input) {
        return input.length() <= LONGEST_INPUT ? input : input.substring(0, LONGEST_INPUT);
    }
}
