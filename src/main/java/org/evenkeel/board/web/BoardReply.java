package org.evenkeel.board.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.stream.Collectors;
import org.evenkeel.identity.Settings;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.session.RefusalTexts;
import org.evenkeel.session.Refused;
import org.evenkeel.session.web.ShownRefusals;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.Stale;
import org.primefaces.PrimeFaces;

/**
 * What the board's script is told about an event: what was done and whether it can be undone, why it was refused, or that a
 * reason would do.
 */
@RequestScoped
public class BoardReply {
    private final Settings settings;

    @Inject
    public BoardReply(Settings settings) {
        this.settings = settings;
    }

    @SuppressWarnings("NullAway")
    protected BoardReply() {
        this(null);
    }

    /**
     * Does it, and tells why not if it is refused: then nothing has changed.
     *
     * @param texts how refusals are told to this reader
     */
    public void to(RefusalTexts texts, Runnable work) {
        try {
            work.run();
        } catch (Refused refused) {
            tell(texts.of(ShownRefusals.of(refused)), refused);
        } catch (NotAllowed denied) {
            put("refusal", Notices.text("board.refused.others"));
        } catch (Stale stale) {
            put("refusal", Notices.text("board.refused.stale"));
        } catch (Invalid invalid) {
            put("refusal", Notices.text(invalid));
        }
    }

    /** Says what was done. */
    public void say(String key, Object... values) {
        put("say", Notices.text(key, values));
    }

    /**
     * Says what was done, and offers to take it back for as long as the centre allows.
     *
     * @param number of the change, by {@link org.evenkeel.session.web.LastChange}
     */
    public void sayUndoable(int number, String key, Object... values) {
        say(key, values);
        put("undo", number);
        put("seconds", settings.undoSeconds());
    }

    private static void tell(String why, Refused refused) {
        if (refused.isSoft()) {
            put("rules", refused.refusals().stream().map(r -> r.rule().name()).collect(Collectors.joining(" ")));
            put("why", why);
        } else {
            put("refusal", why);
        }
    }

    private static void put(String name, Object value) {
        PrimeFaces.current().ajax().addCallbackParam(name, value);
    }
}
