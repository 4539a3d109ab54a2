package org.evenkeel.reminder.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import org.evenkeel.reminder.Replies;

/** What is said in place of a page that a message linked to: in the language of the browser, since nobody knows whose it is. */
@Named
@RequestScoped
public class NoLinkPage {
    private final String language;

    @Inject
    public NoLinkPage(HttpServletRequest request) {
        this.language = Replies.languageFor(request.getLocale().getLanguage());
    }

    public String getLanguage() {
        return language;
    }

    public String say(String key) {
        return Replies.say(language, key, "");
    }
}
