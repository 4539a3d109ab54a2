package org.evenkeel.reminder.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.evenkeel.reminder.Replies;

/** The page where an address opts out; also what the button of a mail program posts to (RFC 8058). */
@Named
@RequestScoped
public class StopPage extends LinkPage<Replies.Stop> {
    private final Replies replies;

    @Inject
    public StopPage(Replies replies, HttpServletRequest request) {
        super(request, "stop");
        this.replies = replies;
    }

    @Override
    protected Optional<Replies.Stop> look() {
        return replies.lookStop(getToken());
    }

    /** Nobody looks at it where a mail program has pressed the button. */
    @Override
    protected boolean carryOut(HttpServletRequest form) {
        replies.stop(getToken());
        return form.getParameter("List-Unsubscribe") == null;
    }
}
