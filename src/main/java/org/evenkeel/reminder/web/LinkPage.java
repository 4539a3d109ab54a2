package org.evenkeel.reminder.web;

import jakarta.faces.context.FacesContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.evenkeel.reminder.Replies;
import org.evenkeel.shared.NotFound;
import org.jspecify.annotations.Nullable;

/**
 * A page that messages link to: the secret in the link is all that the patient needs. To look changes nothing; a form does.
 *
 * @param <V> what it shows
 */
public abstract class LinkPage<V extends Replies.Shown> {
    private final HttpServletRequest request;
    private final String page;
    private final String token;
    private @Nullable V view;

    /** @param page its name, as links have it */
    protected LinkPage(HttpServletRequest request, String page) {
        String given = request.getParameter("t");
        this.request = request;
        this.page = page;
        this.token = given == null ? "" : given;
    }

    /** What the link is about; empty if it is unknown or has expired. */
    protected abstract Optional<V> look();

    /** A form was sent: does what it asks for, and tells whether somebody looks at the page afterwards. */
    protected abstract boolean carryOut(HttpServletRequest form);

    /** Before the page is shown: what was pressed is done, and then the page is asked for anew, so that to reload it sends nothing again. */
    public void open() throws IOException {
        if ("POST".equals(request.getMethod()) && carryOut(request)) {
            FacesContext faces = FacesContext.getCurrentInstance();
            faces.getExternalContext()
                    .redirect(request.getContextPath() + "/" + page + "?t="
                            + URLEncoder.encode(token, StandardCharsets.UTF_8));
            faces.responseComplete();
        }
    }

    /** What the link is about. @throws NotFound if it is unknown or has expired */
    public V getView() {
        V known = view;
        if (known == null) {
            known = look().orElseThrow(() -> new NotFound("link", page));
            view = known;
        }
        return known;
    }

    public String getToken() {
        return token;
    }

    /** A text in the patient's language; "" for "". */
    public String say(String key) {
        return key.isEmpty()
                ? ""
                : Replies.say(getView().language(), key, getView().phone());
    }
}
