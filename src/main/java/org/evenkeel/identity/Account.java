package org.evenkeel.identity;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Someone, or some program, that may sign in. Never deleted, since the audit trail refers to it: deactivated. An account without a
 * password can be used through its API tokens alone.
 */
@Entity
public class Account {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "account_seq")
    @SequenceGenerator(name = "account_seq", sequenceName = "account_seq", allocationSize = 50)
    private long id;

    private String username;

    @Column(name = "display_name")
    private String displayName;

    @Column(name = "password_hash")
    private @Nullable String passwordHash;

    @Column(name = "therapist_id")
    private @Nullable Long therapistId;

    private boolean active = true;

    private String language = "en";

    private boolean discreet;

    @Column(name = "single_keys")
    private boolean singleKeys = true;

    @Column(name = "created_at")
    private Instant createdAt;

    @ElementCollection
    @CollectionTable(name = "account_role", joinColumns = @JoinColumn(name = "account_id"))
    @Column(name = "role")
    @Enumerated(EnumType.STRING)
    private Set<Role> roles = new HashSet<>();

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected Account() {}

    public Account(
            String username,
            String displayName,
            Collection<Role> roles,
            @Nullable Long therapistId,
            Instant createdAt) {
        this.username = normalised(username);
        this.displayName = displayName;
        this.roles.addAll(roles);
        this.therapistId = therapistId;
        this.createdAt = createdAt;
    }

    /** How a username is stored and compared: without spaces around it, in lower case. */
    public static String normalised(String username) {
        return username.strip().toLowerCase(Locale.ROOT);
    }

    /** @param hash as {@link Passwords#hash(String)} makes it */
    public void setPasswordHash(String hash) {
        passwordHash = hash;
    }

    public void describe(String name, Collection<Role> newRoles, @Nullable Long therapist, boolean nowActive) {
        displayName = name;
        roles.clear();
        roles.addAll(newRoles);
        therapistId = therapist;
        active = nowActive;
    }

    /**
     * How the screens treat this user.
     *
     * @param newDiscreet initials instead of names
     * @param newSingleKeys whether single letters are shortcuts
     */
    public void prefer(String newLanguage, boolean newDiscreet, boolean newSingleKeys) {
        language = newLanguage;
        discreet = newDiscreet;
        singleKeys = newSingleKeys;
    }

    public long id() {
        return id;
    }

    public String username() {
        return username;
    }

    public String displayName() {
        return displayName;
    }

    public Optional<String> passwordHash() {
        return Optional.ofNullable(passwordHash);
    }

    public Optional<Long> therapistId() {
        return Optional.ofNullable(therapistId);
    }

    public boolean isActive() {
        return active;
    }

    /** A language tag, such as "en". */
    public String language() {
        return language;
    }

    public boolean isDiscreet() {
        return discreet;
    }

    public boolean hasSingleKeys() {
        return singleKeys;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Set<Role> roles() {
        return Set.copyOf(roles);
    }

    public long version() {
        return version;
    }

    /** The id alone: names stay out of logs. */
    @Override
    public String toString() {
        return "Account " + id;
    }
}
