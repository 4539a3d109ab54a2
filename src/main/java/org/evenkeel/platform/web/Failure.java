package org.evenkeel.platform.web;

import jakarta.faces.application.ViewExpiredException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Pattern;
import org.evenkeel.shared.DatabaseErrors;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Stale;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a request, as far as its user may know: the HTTP status, and the number under which the log has the rest.
 */
public record Failure(int status, String reference) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern REFERENCE = Pattern.compile("[0-9A-F]{10}");

    /** A page that was left open for so long that the server has forgotten it; there is no status of HTTP for it. */
    public static final int EXPIRED = 440;

    /** After how many seconds something may go that there was no connection to the database for. */
    public static final int RETRY_SECONDS = 3;

    static Failure of(int status) {
        return new Failure(status, String.format(Locale.ROOT, "%010X", RANDOM.nextLong() & 0xFFFFFFFFFFL));
    }

    static Failure of(@Nullable Throwable error) {
        if (DatabaseErrors.isUnavailable(error)) {
            return of(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
        for (@Nullable Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof NotAllowed) {
                return of(HttpServletResponse.SC_FORBIDDEN);
            }
            if (t instanceof NotFound || t instanceof FileNotFoundException) {
                return of(HttpServletResponse.SC_NOT_FOUND);
            }
            if (t instanceof Stale) {
                return of(HttpServletResponse.SC_CONFLICT);
            }
            if (t instanceof ViewExpiredException) {
                return of(EXPIRED);
            }
        }
        return of(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }

    /** As an address had it; anything else than a number is left out. */
    static Failure asked(@Nullable String status, @Nullable String reference) {
        boolean plausible = status != null && status.matches("4\\d\\d|50[03]");
        return new Failure(
                plausible ? Integer.parseInt(status) : HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
                reference != null && REFERENCE.matcher(reference).matches() ? reference : "");
    }

    /** Makes it known to whoever renders the answer to this request. */
    void attachTo(HttpServletRequest request) {
        request.setAttribute(Failure.class.getName(), this);
    }

    /** The failure of this request, if there has been one. */
    static @Nullable Failure attachedTo(HttpServletRequest request) {
        return (Failure) request.getAttribute(Failure.class.getName());
    }
}
