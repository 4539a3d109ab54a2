package org.evenkeel.reminder.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.evenkeel.reminder.Replies;
import org.evenkeel.shared.NotFound;
import org.jspecify.annotations.Nullable;

/** The page where an address opts out; also what the button of a mail program posts to (RFC 8058). */
@Named
@RequestScoped
public class StopPage {
    private final Replies replies;
    private final HttpServletRequest request;
    private final String token;
    private Replies.@Nullable Stop view;

    @Inject
    public StopPage(Replies replies, HttpServletRequest request) {
        this.replies = replies;
        this.request = request;
        this.token = LinkPages.token(request);
    }

    /** Before the page is shown: its button, or that of a mail program, has been pressed. */
    public void open() throws IOException {
        if (!"POST".equals(request.getMethod())) {
            return;
        }
        replies.stop(token);
        if (request.getParameter("List-Unsubscribe") == null) {
            LinkPages.again(request, "/stop", token);
        }
    }

    /** What the link is about. @throws NotFound if it is unknown or has expired */
    public Replies.Stop getView() {
        Replies.Stop known = view;
        if (known == null) {
            known = replies.lookStop(token).orElseThrow(() -> new NotFound("link", "stop"));
            view = known;
        }
        return known;
    }

    public String getToken() {
        return token;
    }

    /** A text in the patient's language. */
    public String say(String key) {
        return Replies.say(getView().language(), key, getView().phone());
    }
}
