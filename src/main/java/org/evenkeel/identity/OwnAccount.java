package org.evenkeel.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Phrases;
import org.evenkeel.shared.Transactions;

/** What everyone may do with their own account. */
@ApplicationScoped
public class OwnAccount {
    private final Accounts accounts;
    private final LoginSessions sessions;
    private final Passwords passwords;
    private final LoginThrottle throttle;
    private final Transactions transactions;
    private final AuditTrail audit;

    @Inject
    OwnAccount(
            Accounts accounts,
            LoginSessions sessions,
            Passwords passwords,
            LoginThrottle throttle,
            Transactions transactions,
            AuditTrail audit) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.passwords = passwords;
        this.throttle = throttle;
        this.transactions = transactions;
        this.audit = audit;
    }

    @SuppressWarnings("NullAway")
    protected OwnAccount() {
        this(null, null, null, null, null, null);
    }

    /**
     * Changes the password and ends all other sessions of the account. Guessing the present one is slowed down as at login.
     *
     * @param address where the request came from
     * @throws Invalid about "current" or "password"
     */
    public void changePassword(Caller caller, String current, String password, String address) {
        Actor actor = caller.actor();
        if (!isRight(actor, current, address)) {
            throw new Invalid("current", "invalid.identity.presentPassword");
        }
        PasswordRules.check(password, actor.username());
        String hash = passwords.hash(password);
        String kept = caller.sessionHash() == null ? "" : caller.sessionHash();
        transactions.runInNew(() -> {
            own(actor).setPasswordHash(hash);
            sessions.endOthers(actor.accountId(), kept);
            audit.record(actor, entry("PASSWORD_SET", actor, "other sessions ended"));
        });
    }

    /** @throws Invalid about "language" if the screens do not speak it */
    public void prefer(Actor actor, String language, boolean discreet, boolean singleKeys) {
        if (!Phrases.languages().contains(language)) {
            throw new Invalid("language", "invalid.identity.language");
        }
        transactions.runInNew(() -> {
            own(actor).prefer(language, discreet, singleKeys);
            audit.record(actor, entry("CHANGED", actor, "preferences"));
        });
    }

    private boolean isRight(Actor actor, String password, String address) {
        boolean admitted = throttle.admits(actor.username(), address);
        String hash = transactions.inNew(() -> own(actor).passwordHash().orElseGet(passwords::decoy));
        if (passwords.matches(password, hash) && admitted) {
            throttle.succeeded(actor.username());
            return true;
        }
        throttle.failed(address);
        audit.recordApart(actor, entry("REFUSED", actor, "present password"));
        return false;
    }

    private Account own(Actor actor) {
        return accounts.byId(actor.accountId()).orElseThrow(() -> new NotFound("account", actor.accountId()));
    }

    private static AuditTrail.Entry entry(String action, Actor actor, String detail) {
        String result = action.equals("REFUSED") ? "REFUSED" : "OK";
        return new AuditTrail.Entry(
                action, "account", "account", List.of(actor.accountId()), List.of(), result, detail);
    }
}
