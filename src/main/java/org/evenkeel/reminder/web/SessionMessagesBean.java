package org.evenkeel.reminder.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.reminder.SessionMessages;
import org.evenkeel.reminder.SessionMessages.Line;
import org.jspecify.annotations.Nullable;

/** The messages of a session, as a part of its pages; read when somebody asks for them. */
@Named("sessionMessages")
@ViewScoped
public class SessionMessagesBean implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient SessionMessages messages;
    private final transient SignedIn signedIn;

    private @Nullable Long session;
    private List<Line> lines = List.of();

    @Inject
    public SessionMessagesBean(SessionMessages messages, SignedIn signedIn) {
        this.messages = messages;
        this.signedIn = signedIn;
    }

    @SuppressWarnings("NullAway")
    protected SessionMessagesBean() {
        this(null, null);
    }

    /** Reads them. */
    public void show(long sessionId) {
        lines = messages.of(signedIn.actor(), sessionId);
        session = sessionId;
    }

    /** Whether those of this session are shown. */
    public boolean isShown(long sessionId) {
        return session != null && session == sessionId;
    }

    public List<Line> getLines() {
        return lines;
    }
}
