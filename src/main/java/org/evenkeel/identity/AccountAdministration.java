package org.evenkeel.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.Serializable;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.Gate;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Saving;
import org.evenkeel.shared.Stale;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/**
 * What administrators do with accounts. A change of roles, of the password or of being active ends the account's login sessions at once, and
 * the last active administrator stays one.
 */
@ApplicationScoped
public class AccountAdministration {
    private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9._-]{1,59}");
    private static final int LONGEST_NAME = 120;

    private final Accounts accounts;
    private final LoginSessions sessions;
    private final ApiTokens tokens;
    private final Passwords passwords;
    private final EntityManager entities;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final Gate gate;
    private final Clock clock;

    @Inject
    AccountAdministration(
            Accounts accounts,
            LoginSessions sessions,
            ApiTokens tokens,
            Passwords passwords,
            EntityManager entities,
            Transactions transactions,
            AuditTrail audit,
            Gate gate,
            Clock clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.tokens = tokens;
        this.passwords = passwords;
        this.entities = entities;
        this.transactions = transactions;
        this.audit = audit;
        this.gate = gate;
        this.clock = clock;
    }

    @SuppressWarnings("NullAway")
    protected AccountAdministration() {
        this(null, null, null, null, null, null, null, null, null);
    }

    /** What an administrator decides about an account. @param therapistId needed by the role of therapist, and by that alone */
    public record Decision(String displayName, Set<Role> roles, @Nullable Long therapistId, boolean active)
            implements Serializable {
        public Decision {
            roles = Collections.unmodifiableSet(new TreeSet<>(roles));
        }
    }

    /** A page of accounts by username, and how many there are in all. */
    public record Page(List<Account> accounts, long total) {}

    /** A therapist that an account may belong to. */
    public record TherapistChoice(long id, String name) {}

    /** @param part of a username or name; "" for all */
    public Page list(Actor actor, String part, int offset, int limit) {
        requireAdministrator(actor);
        String wanted = part.strip().toLowerCase(Locale.ROOT);
        return transactions.inNew(
                () -> new Page(withRoles(accounts.page(wanted, offset, limit)), accounts.count(wanted)));
    }

    public Account find(Actor actor, long id) {
        requireAdministrator(actor);
        return transactions.inNew(() -> {
            Account account = existing(id);
            return withRoles(List.of(account)).get(0);
        });
    }

    public List<TherapistChoice> therapists(Actor actor) {
        requireAdministrator(actor);
        List<?> rows = transactions.inNew(() -> entities.createNativeQuery(
                        """
                        select id, title, given_name, family_name from therapist where active = true
                        order by family_name, given_name, id""")
                .getResultList());
        return rows.stream().map(row -> choice((Object[]) row)).toList();
    }

    /**
     * Creates an account that can sign in.
     *
     * @return its id
     * @throws Invalid about "username", "displayName", "roles", "therapist" or "password"
     */
    public long create(Actor actor, String username, Decision decision, String password) {
        requireAdministrator(actor);
        String name = checkedUsername(username);
        check(decision);
        PasswordRules.check(password, name);
        String hash = passwords.hash(password);
        return transactions.inNew(() -> {
            Account account = new Account(
                    name, decision.displayName().strip(), decision.roles(), decision.therapistId(), clock.instant());
            account.setPasswordHash(hash);
            describe(account, decision);
            accounts.add(account);
            audit.record(actor, entry("CREATED", account.id(), privileges(account)));
            return account.id();
        });
    }

    /**
     * Changes an account.
     *
     * @param version as it was when the form was read
     * @throws Stale if someone else changed it since
     * @throws Invalid about "displayName", "roles" or "therapist", or if nobody would be left to administer
     */
    public void change(Actor actor, long id, long version, Decision decision) {
        requireAdministrator(actor);
        check(decision);
        transactions.runInNew(() -> {
            long administrators = accounts.countActiveAdministratorsLocked();
            Account account = existing(id);
            Saving.sameVersion("Account " + id, version, account.version());
            if (isAdministrator(account) && !keepsAdministrator(decision) && administrators <= 1) {
                throw new Invalid("roles", "invalid.identity.lastAdministrator");
            }
            String before = privileges(account);
            describe(account, decision);
            String after = privileges(account);
            if (before.equals(after)) {
                audit.record(actor, entry("CHANGED", id, "display name"));
            } else {
                sessions.endAll(id);
                audit.record(actor, entry("PRIVILEGE_CHANGED", id, before + " -> " + after));
            }
        });
    }

    /** Sets another's password, ends their sessions and revokes their API tokens: whoever knew the old one is out. */
    public void setPassword(Actor actor, long id, String password) {
        requireAdministrator(actor);
        String username = transactions.inNew(() -> existing(id).username());
        PasswordRules.check(password, username);
        String hash = passwords.hash(password);
        transactions.runInNew(() -> {
            existing(id).setPasswordHash(hash);
            sessions.endAll(id);
            tokens.revokeAll(id);
            audit.record(actor, entry("PASSWORD_SET", id, "sessions ended, tokens revoked"));
        });
    }

    /** @throws Invalid about "username" if it is not a possible one */
    static String checkedUsername(String username) {
        String name = Account.normalised(username);
        if (!USERNAME.matcher(name).matches()) {
            throw new Invalid("username", "invalid.identity.username");
        }
        return name;
    }

    private List<Account> withRoles(List<Account> found) {
        if (!found.isEmpty()) {
            entities.createQuery(
                            "select distinct a from Account a left join fetch a.roles where a.id in :ids",
                            Account.class)
                    .setParameter("ids", found.stream().map(Account::id).toList())
                    .getResultList();
        }
        return found;
    }

    private Account existing(long id) {
        Optional<Account> account = accounts.byId(id);
        return account.orElseThrow(() -> new NotFound("account", id));
    }

    private static void describe(Account account, Decision decision) {
        account.describe(decision.displayName().strip(), decision.roles(), decision.therapistId(), decision.active());
    }

    private static void check(Decision decision) {
        String name = decision.displayName().strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new Invalid("displayName", "invalid.identity.name", LONGEST_NAME);
        }
        if (decision.roles().isEmpty()) {
            throw new Invalid("roles", "invalid.identity.roleMissing");
        }
        if (decision.roles().contains(Role.THERAPIST) != (decision.therapistId() != null)) {
            throw new Invalid("therapist", "invalid.identity.therapist");
        }
    }

    private static boolean isAdministrator(Account account) {
        return account.isActive() && account.roles().contains(Role.ADMIN);
    }

    private static boolean keepsAdministrator(Decision decision) {
        return decision.active() && decision.roles().contains(Role.ADMIN);
    }

    private static String privileges(Account account) {
        return codes(account.roles())
                + account.therapistId().map(id -> " therapist " + id).orElse("")
                + (account.isActive() ? "" : " inactive");
    }

    private static String codes(Collection<Role> roles) {
        return new TreeSet<>(roles).stream().map(Role::name).collect(Collectors.joining(","));
    }

    private static TherapistChoice choice(Object[] row) {
        String title = String.valueOf(row[1]);
        String name = (title.isBlank() ? String.valueOf(row[2]) : title) + " " + row[3];
        return new TherapistChoice(((Number) row[0]).longValue(), name);
    }

    private void requireAdministrator(Actor actor) {
        gate.require(actor, "manage accounts", Role.ADMIN);
    }

    private static AuditTrail.Entry entry(String action, long accountId, String detail) {
        return new AuditTrail.Entry(action, "admin/accounts", "account", List.of(accountId), List.of(), "OK", detail);
    }
}
