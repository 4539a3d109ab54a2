package org.evenkeel.identity.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.evenkeel.identity.FirstAdministrator;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.jspecify.annotations.Nullable;

/** The page that makes the first administrator; there is no such page once there is one. */
@Named("setup")
@RequestScoped
public class SetupBean {
    private final FirstAdministrator firstAdministrator;

    private String token = "";
    private String username = "";
    private String password = "";

    @Inject
    public SetupBean(FirstAdministrator firstAdministrator) {
        this.firstAdministrator = firstAdministrator;
    }

    @SuppressWarnings("NullAway")
    protected SetupBean() {
        this(null);
    }

    /** @throws NotFound if there is an administrator already */
    public void open() {
        if (!firstAdministrator.isMissing()) {
            throw new NotFound("page", "setup");
        }
    }

    public @Nullable String create() {
        try {
            firstAdministrator.create(token, username, password);
            Notices.done("setup.done");
            return "/login?faces-redirect=true";
        } catch (Invalid e) {
            Notices.invalid(e);
            return null;
        }
    }

    public String getToken() {
        return token;
    }

    public void setToken(String token) {
        this.token = token;
    }

    public String getUsername() {
        return username;
    }

    public void setUsername(String username) {
        this.username = username;
    }

    /** Never sent back. */
    public String getPassword() {
        return "";
    }

    public void setPassword(String password) {
        this.password = password;
    }
}
