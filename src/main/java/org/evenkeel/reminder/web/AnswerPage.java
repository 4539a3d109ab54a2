package org.evenkeel.reminder.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import org.evenkeel.reminder.Replies;
import org.evenkeel.shared.NotFound;
import org.jspecify.annotations.Nullable;

/** The page where patients answer a message; the link in it is all that they need. */
@Named
@RequestScoped
public class AnswerPage {
    private final Replies replies;
    private final String token;
    private Replies.@Nullable View view;

    @Inject
    public AnswerPage(Replies replies, HttpServletRequest request) {
        this.replies = replies;
        String given = request.getParameter("t");
        this.token = given == null ? "" : given;
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

    public String confirm(int number) {
        replies.confirm(token, number);
        return again();
    }

    public String cancel(int number) {
        replies.cancel(token, number);
        return again();
    }

    public String askAnother(int number) {
        replies.askAnother(token, number);
        return again();
    }

    private String again() {
        return "/answer?faces-redirect=true&t=" + token;
    }
}
