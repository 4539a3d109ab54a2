package org.evenkeel.reminder.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.evenkeel.reminder.Replies;
import org.evenkeel.reminder.Reply;
import org.evenkeel.shared.NotFound;
import org.jspecify.annotations.Nullable;

/** The page where patients answer a message; the link in it is all that they need. */
@Named
@RequestScoped
public class AnswerPage {
    private final Replies replies;
    private final HttpServletRequest request;
    private final String token;
    private Replies.@Nullable View view;

    @Inject
    public AnswerPage(Replies replies, HttpServletRequest request) {
        this.replies = replies;
        this.request = request;
        this.token = LinkPages.token(request);
    }

    /** What the link is about. @throws NotFound if it is unknown or has expired */
    public Replies.View getView() {
        Replies.View known = view;
        if (known == null) {
            known = replies.look(token).orElseThrow(() -> new NotFound("link", "answer"));
            view = known;
        }
        return known;
    }

    public String getToken() {
        return token;
    }

    /** A text in the patient's language. */
    public String say(String key) {
        return key.isEmpty()
                ? ""
                : Replies.say(getView().language(), key, getView().phone());
    }

    /** Before the page is shown: what was pressed is done, and then the page is asked for anew. */
    public void open() throws IOException {
        if (!"POST".equals(request.getMethod())) {
            return;
        }
        getView();
        for (Reply reply : Reply.values()) {
            String number = request.getParameter(reply.name());
            if (number != null) {
                replies.answer(token, number.matches("[0-9]{1,4}") ? Integer.parseInt(number) : 0, reply);
            }
        }
        LinkPages.again(request, "/answer", token);
    }
}
