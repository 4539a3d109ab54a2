package org.evenkeel.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import java.util.UUID;
import org.evenkeel.platform.web.Failure;
import org.evenkeel.series.Unresolved;
import org.evenkeel.session.Refused;
import org.evenkeel.shared.DatabaseErrors;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Stale;

/** Tells whatever went wrong as problem details; of failures of ours nothing but a reference number, under which the log has more. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final System.Logger LOG = System.getLogger(ProblemMapper.class.getName());
    private static final int UNPROCESSABLE = 422;

    @Context
    private UriInfo uri;

    @SuppressWarnings("NullAway.Init")
    public ProblemMapper() {}

    ProblemMapper(UriInfo uri) {
        this.uri = uri;
    }

    @Override
    public Response toResponse(Throwable error) {
        String instance = uri.getRequestUri().getRawPath();
        Optional<Problem> refusal = refusal(error, instance);
        if (refusal.isPresent()) {
            return answer(refusal.get()).build();
        }
        if (error instanceof Invalid invalid) {
            return answer(Problem.about(
                            UNPROCESSABLE,
                            title(UNPROCESSABLE),
                            message(invalid),
                            instance,
                            invalid.field().isEmpty() ? null : invalid.field()))
                    .build();
        }
        if (error instanceof Stale stale) {
            return answer(412, "It was changed meanwhile. Read it again and decide anew.", instance)
                    .header(HttpHeaders.ETAG, EntityTags.of(stale.currentVersion()))
                    .build();
        }
        if (error instanceof NotAllowed) {
            return answer(403, message(error) + ".", instance).build();
        }
        if (error instanceof NotFound) {
            return answer(404, message(error) + ".", instance).build();
        }
        if (error instanceof Unreadable unreadable) {
            return answer(unreadable.status(), message(error), instance).build();
        }
        if (error instanceof WebApplicationException http) {
            return http(http.getResponse(), instance);
        }
        if (DatabaseErrors.isTransient(error)) {
            return answer(409, "Others are changing the same at this moment. Try again.", instance)
                    .header(HttpHeaders.RETRY_AFTER, 1)
                    .build();
        }
        if (DatabaseErrors.isUnavailable(error)) {
            return answer(503, "Too much is going on at this moment, and nothing was done. Try again.", instance)
                    .header(HttpHeaders.RETRY_AFTER, Failure.RETRY_SECONDS)
                    .build();
        }
        return failure(error);
    }

    /** What the rules of booking refuse (409); nothing if the error is of another kind. */
    static Optional<Problem> refusal(Throwable error, String instance) {
        if (error instanceof Refused refused) {
            return Optional.of(Problem.of(refused, title(409), instance));
        }
        if (error instanceof Unresolved unresolved) {
            return Optional.of(Problem.of(unresolved, title(409), instance));
        }
        return Optional.empty();
    }

    /** Whether what the rules refuse may go well in a moment, as it is. */
    static boolean isPassing(Throwable error) {
        return (error instanceof Refused refused && refused.isPassing())
                || (error instanceof Unresolved unresolved && unresolved.isPassing());
    }

    private static Response http(Response given, String instance) {
        int status = given.getStatus();
        if (status < 400) {
            return given;
        }
        Response.ResponseBuilder answer = answer(status, detail(status), instance);
        given.getHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
                values.forEach(value -> answer.header(name, value));
            }
        });
        return answer.build();
    }

    private static String detail(int status) {
        return switch (status) {
            case 404 -> "There is nothing at this address.";
            case 405 -> "This address does not know the method; see Allow.";
            case 406 -> "Answers are JSON: accept application/json.";
            case 415 -> "Send JSON: Content-Type application/json.";
            default -> "The request cannot be understood.";
        };
    }

    /** Of the error only its kind and place are logged: what it says may quote names. */
    private static Response failure(Throwable error) {
        String reference = UUID.randomUUID().toString();
        StringBuilder trace = new StringBuilder();
        for (Throwable t = error; t != null; t = t.getCause()) {
            trace.append(System.lineSeparator()).append(t.getClass().getName());
            for (StackTraceElement frame : t.getStackTrace()) {
                trace.append(System.lineSeparator()).append("  at ").append(frame);
            }
        }
        LOG.log(System.Logger.Level.ERROR, "Failure {0}:{1}", reference, trace);
        return answer(500, "Something went wrong. Tell this reference number to support.", "urn:uuid:" + reference)
                .build();
    }

    private static Response.ResponseBuilder answer(int status, String detail, String instance) {
        return answer(Problem.of(status, title(status), detail, instance));
    }

    private static Response.ResponseBuilder answer(Problem problem) {
        return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
    }

    private static String message(Throwable error) {
        String message = error.getMessage();
        return message == null ? "" : message;
    }

    /** The phrase that belongs to a status. */
    private static String title(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        if (status == UNPROCESSABLE || known == null) {
            return "Unprocessable Content";
        }
        return known.getReasonPhrase();
    }
}
