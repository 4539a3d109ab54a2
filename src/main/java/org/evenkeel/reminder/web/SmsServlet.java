package org.evenkeel.reminder.web;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.evenkeel.reminder.SmsCallbacks;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.NotFound;

/** Where the provider of text messages calls us; its signature stands for a login. Answers are for a machine and say nothing to others. */
@WebServlet({SmsCallbacks.STATUS, SmsCallbacks.INCOMING})
public class SmsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient SmsCallbacks callbacks;

    @SuppressWarnings("NullAway.Init")
    public SmsServlet() {}

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String signature =
                Optional.ofNullable(request.getHeader("X-Twilio-Signature")).orElse("");
        Map<String, String> fields = new HashMap<>();
        request.getParameterMap().forEach((name, values) -> fields.put(name, values[0]));
        try {
            if (request.getServletPath().equals(SmsCallbacks.STATUS)) {
                String message =
                        Optional.ofNullable(fields.remove(SmsCallbacks.MESSAGE)).orElse("");
                callbacks.status(message, fields, signature);
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            } else {
                answer(response, callbacks.incoming(fields, signature));
            }
        } catch (NotFound e) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        } catch (NotAllowed e) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private static void answer(HttpServletResponse response, Optional<String> text) throws IOException {
        response.setContentType("text/xml;charset=UTF-8");
        response.getWriter()
                .print("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response>"
                        + text.map(t -> "<Message>" + escaped(t) + "</Message>").orElse("") + "</Response>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
