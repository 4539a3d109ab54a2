package org.evenkeel.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/** What happened to a session, as far as it is kept with the session itself; the audit trail has the rest. */
@ApplicationScoped
public class SessionRecord {

    private EntityManager em;
    private Transactions transactions;

    @SuppressWarnings("NullAway.Init")
    protected SessionRecord() {}

    @Inject
    public SessionRecord(EntityManager em, Transactions transactions) {
        this.em = em;
        this.transactions = transactions;
    }

    /**
     * One thing that happened.
     *
     * @param what BOOKED, CHECKED_IN, CANCELLED
     * @param by the display name of who did it; null if that is not kept
     */
    public record Step(String what, Instant at, @Nullable String by) implements Serializable {}

    /** In order of time, of a session that the reader has been shown. */
    public List<Step> of(SessionView session) {
        List<Step> steps = new ArrayList<>(transactions.inNew(() -> Sql.on(em)
                .add(
                        "select s.booked_at, a.display_name, s.cancelled_at from session s"
                                + " left join account a on a.id = s.booked_by where s.id = ?",
                        session.id())
                .first(r -> {
                    List<Step> found = new ArrayList<>();
                    found.add(new Step("BOOKED", r.instant(1), r.textOrNull(2)));
                    Instant cancelled = r.instantOrNull(3);
                    if (cancelled != null) {
                        found.add(new Step("CANCELLED", cancelled, null));
                    }
                    return found;
                })
                .orElse(new ArrayList<>())));
        session.participants().forEach(who -> {
            Instant arrived = who.checkedInAt();
            if (arrived != null) {
                steps.add(new Step("CHECKED_IN", arrived, null));
            }
        });
        steps.sort(Comparator.comparing(Step::at));
        return steps;
    }
}
