package org.evenkeel.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Writes failures down under their reference. Of errors only their kind and place: what they say may quote names, and so may query
 * strings.
 */
final class FailureLog {
    private static final System.Logger LOG = System.getLogger(FailureLog.class.getName());
    private static final int FRAMES = 30;

    private FailureLog() {}

    static void write(Failure failure, HttpServletRequest request, String path, @Nullable Throwable error) {
        boolean ours = failure.status() >= 500;
        LOG.log(
                ours ? System.Logger.Level.ERROR : System.Logger.Level.INFO,
                "Failure {0}: {1} {2} {3}{4}",
                failure.reference(),
                Integer.toString(failure.status()),
                request.getMethod(),
                withoutSecrets(path),
                ours ? describe(error) : "");
    }

    /** Nor what an address of its own holds as a secret, such as that of a calendar: whatever is as long as one. */
    static String withoutSecrets(String path) {
        return path.replaceAll("[^A-Za-z0-9/._-]", "?").replaceAll("[A-Za-z0-9_-]{32,}", "?");
    }

    static String describe(@Nullable Throwable error) {
        StringBuilder text = new StringBuilder();
        for (@Nullable Throwable t = error; t != null; t = t.getCause()) {
            text.append(System.lineSeparator()).append(t.getClass().getName());
            if (t instanceof SQLException sql) {
                text.append(" SQL state ").append(sql.getSQLState());
            }
            StackTraceElement[] frames = t.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
                text.append(System.lineSeparator()).append("  at ").append(frames[i]);
            }
        }
        return text.toString();
    }
}
