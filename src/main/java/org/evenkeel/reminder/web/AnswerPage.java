package org.evenkeel.reminder.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.evenkeel.reminder.Replies;
import org.evenkeel.reminder.Reply;

/** The page where patients answer a message. */
@Named
@RequestScoped
public class AnswerPage extends LinkPage<Replies.View> {
    private final Replies replies;

    @Inject
    public AnswerPage(Replies replies, HttpServletRequest request) {
        super(request, "answer");
        this.replies = replies;
    }

    @Override
    protected Optional<Replies.View> look() {
        return replies.look(getToken());
    }

    @Override
    protected boolean carryOut(HttpServletRequest form) {
        getView();
        for (Reply reply : Reply.values()) {
            String number = form.getParameter(reply.name());
            if (number != null) {
                replies.answer(getToken(), number.matches("[0-9]{1,4}") ? Integer.parseInt(number) : 0, reply);
            }
        }
        return true;
    }
}
