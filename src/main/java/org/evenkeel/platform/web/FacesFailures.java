package org.evenkeel.platform.web;

import jakarta.faces.FacesException;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.ExceptionQueuedEvent;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends whatever a page throws to the error page: 403, 404, 409, an expired page, 500. {@link FailureFilter} shows it. */
public class FacesFailures extends ExceptionHandlerFactory {

    public FacesFailures(ExceptionHandlerFactory wrapped) {
        super(wrapped);
    }

    @Override
    public ExceptionHandler getExceptionHandler() {
        return new Handler(getWrapped().getExceptionHandler());
    }

    private static final class Handler extends ExceptionHandlerWrapper {

        private Handler(ExceptionHandler wrapped) {
            super(wrapped);
        }

        @Override
        public void handle() throws FacesException {
            @Nullable Throwable first = null;
            for (Iterator<ExceptionQueuedEvent> events =
                            getUnhandledExceptionQueuedEvents().iterator();
                    events.hasNext(); ) {
                Throwable error = events.next().getContext().getException();
                first = first == null ? error : first;
                events.remove();
            }
            getWrapped().handle();
            if (first != null) {
                answer(FacesContext.getCurrentInstance(), first);
            }
        }

        private static void answer(FacesContext faces, Throwable error) {
            ExternalContext external = faces.getExternalContext();
            HttpServletRequest request = (HttpServletRequest) external.getRequest();
            Failure failure = Failure.of(error);
            FailureLog.write(failure, request, ApiRequest.path(request), error);
            if (external.isResponseCommitted()) {
                return;
            }
            try {
                external.responseReset();
                if (faces.getPartialViewContext().isAjaxRequest()) {
                    external.redirect(external.encodeRedirectURL(
                            request.getContextPath() + FailureServlet.ADDRESS,
                            Map.of(
                                    "status", List.of(Integer.toString(failure.status())),
                                    "reference", List.of(failure.reference()))));
                } else {
                    failure.attachTo(request);
                    faces.responseComplete();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
