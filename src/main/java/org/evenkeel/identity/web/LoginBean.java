package org.evenkeel.identity.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.evenkeel.platform.web.Notices;

/** The login page. */
@Named("login")
@RequestScoped
public class LoginBean {
    private final SecurityContext security;
    private final CurrentCaller current;

    private String username = "";
    private String password = "";
    private String to = "";
    private boolean ended;

    @Inject
    public LoginBean(SecurityContext security, CurrentCaller current) {
        this.security = security;
        this.current = current;
    }

    @SuppressWarnings("NullAway")
    protected LoginBean() {
        this(null, null);
    }

    /** Goes on to the page that was wanted, or says that it failed, and never why. */
    public void logIn() {
        ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
        AuthenticationStatus status = security.authenticate(
                (HttpServletRequest) external.getRequest(),
                (HttpServletResponse) external.getResponse(),
                AuthenticationParameters.withParams()
                        .credential(new UsernamePasswordCredential(username, password))
                        .newAuthentication(true));
        if (status == AuthenticationStatus.SUCCESS) {
            Notices.redirect(LocalPath.of(to).orElseGet(() -> Landing.of(current.actor())));
        } else {
            ended = false;
            Notices.wrong("", Notices.text("login.failed"));
        }
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

    /** The page to go to afterwards. */
    public String getTo() {
        return to;
    }

    public void setTo(String to) {
        this.to = to;
    }

    /** Whether a session has just ended. */
    public boolean isEnded() {
        return ended;
    }

    public void setEnded(boolean ended) {
        this.ended = ended;
    }
}
