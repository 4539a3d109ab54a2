package org.evenkeel.identity.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.stream.Collectors;
import org.evenkeel.identity.Account;
import org.evenkeel.identity.ApiTokens;
import org.evenkeel.identity.Caller;
import org.evenkeel.identity.LoginSessions;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignIn;
import org.evenkeel.platform.web.ApiRequest;
import org.evenkeel.platform.web.SecurityHeaders;
import org.evenkeel.shared.DatabaseErrors;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests in: those of the API by their bearer token and nothing else, those of pages by the login cookie and nothing else, and the
 * login form by username and password. The database is asked each time.
 */
@ApplicationScoped
public class SignInMechanism implements HttpAuthenticationMechanism {
    private static final String BEARER = "Bearer ";

    private final SignIn signIn;
    private final LoginSessions sessions;
    private final ApiTokens tokens;
    private final LoginCookie cookie;

    @Inject
    public SignInMechanism(SignIn signIn, LoginSessions sessions, ApiTokens tokens, LoginCookie cookie) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.tokens = tokens;
        this.cookie = cookie;
    }

    @SuppressWarnings("NullAway")
    protected SignInMechanism() {
        this(null, null, null, null);
    }

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        UsernamePasswordCredential typed = typed(context);
        if (typed != null) {
            return signIn(request, response, context, typed);
        }
        if (!context.isProtected()) {
            return context.doNothing();
        }
        SecurityHeaders.apply(request, response);
        try {
            return ApiRequest.is(request) ? api(request, response, context) : page(request, response, context);
        } catch (RuntimeException e) {
            if (!DatabaseErrors.isUnavailable(e)) {
                throw e;
            }
            Challenge.busy(request, response);
            return AuthenticationStatus.SEND_CONTINUE;
        }
    }

    private AuthenticationStatus signIn(
            HttpServletRequest request,
            HttpServletResponse response,
            HttpMessageContext context,
            UsernamePasswordCredential typed) {
        Optional<Account> account =
                signIn.attempt(typed.getCaller(), typed.getPasswordAsString(), request.getRemoteAddr());
        if (account.isEmpty()) {
            return AuthenticationStatus.SEND_FAILURE;
        }
        cookie.read(request).ifPresent(sessions::end);
        String token = sessions.open(account.get().id());
        Optional<Caller> caller = sessions.find(token, true);
        if (caller.isEmpty()) {
            return AuthenticationStatus.SEND_FAILURE;
        }
        BrowserState.claim(request, account.get().id());
        cookie.write(response, token);
        return letIn(request, context, caller.get());
    }

    private AuthenticationStatus api(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        Optional<Caller> caller = bearer(request).flatMap(tokens::find);
        if (caller.isEmpty()) {
            Challenge.api(response);
            return AuthenticationStatus.SEND_CONTINUE;
        }
        return letIn(request, context, caller.get());
    }

    private AuthenticationStatus page(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        Optional<String> token = cookie.read(request);
        Optional<Caller> caller = token.flatMap(value -> sessions.find(value, Background.is(request)));
        if (caller.isEmpty()) {
            if (token.isPresent()) {
                cookie.clear(response);
            }
            Challenge.page(request, response, token.isPresent());
            return AuthenticationStatus.SEND_CONTINUE;
        }
        BrowserState.check(request, caller.get().actor().accountId());
        return letIn(request, context, caller.get());
    }

    private static AuthenticationStatus letIn(HttpServletRequest request, HttpMessageContext context, Caller caller) {
        CurrentCaller.attach(request, caller);
        return context.notifyContainerAboutLogin(
                new CallerPrincipal(caller.actor().username()),
                caller.actor().roles().stream().map(Role::name).collect(Collectors.toSet()));
    }

    private static @Nullable UsernamePasswordCredential typed(HttpMessageContext context) {
        AuthenticationParameters parameters = context.getAuthParameters();
        return parameters != null && parameters.getCredential() instanceof UsernamePasswordCredential credential
                ? credential
                : null;
    }

    private static Optional<String> bearer(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(header.substring(BEARER.length()).strip()).filter(token -> !token.isEmpty())
                : Optional.empty();
    }
}
