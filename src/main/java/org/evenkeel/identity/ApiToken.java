package org.evenkeel.identity;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** A key to the API that belongs to an account and may do what the account may. */
@Entity
@Table(name = "api_token")
public class ApiToken extends IssuedSecret {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "api_token_seq")
    @SequenceGenerator(name = "api_token_seq", sequenceName = "api_token_seq", allocationSize = 50)
    private long id;

    private String name;

    @SuppressWarnings("NullAway.Init")
    protected ApiToken() {}

    /** @param token the secret itself; only its hash is kept */
    public ApiToken(long accountId, String name, String token, Instant createdAt) {
        super(accountId, token, createdAt);
        this.name = name;
    }

    public long id() {
        return id;
    }

    /** What it is for, in its owner's words. */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return "API token " + id;
    }
}
