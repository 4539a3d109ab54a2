package org.evenkeel.roster;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.evenkeel.identity.Actor;
import org.evenkeel.session.SessionFilter;
import org.evenkeel.session.SessionView;
import org.evenkeel.session.SessionViews;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;
import org.evenkeel.therapist.Therapist;

/** Reads rosters: a therapist's own, or anyone's for the desk and the lead. */
@ApplicationScoped
public class Roster {

    /** Sessions of a therapist never overlap and take five minutes at least: no day has more, even one with 25 hours. */
    private static final int MOST = 1000;

    private EntityManager em;
    private Transactions transactions;
    private SessionViews sessions;

    @SuppressWarnings("NullAway.Init")
    protected Roster() {}

    @Inject
    public Roster(EntityManager em, Transactions transactions, SessionViews sessions) {
        this.em = em;
        this.transactions = transactions;
        this.sessions = sessions;
    }

    /**
     * A therapist's day.
     *
     * @param date on the wall of each session's site
     * @throws org.evenkeel.shared.NotAllowed if the reader may not see this therapist's sessions
     * @throws NotFound if there is no such therapist
     */
    public RosterDay day(Actor actor, long therapistId, LocalDate date) {
        List<SessionView> found = sessions.list(
                        actor, "roster", SessionFilter.onDates(date, date).withTherapist(therapistId), null, MOST)
                .items();
        String name =
                found.isEmpty() ? name(therapistId) : found.get(0).therapist().name();
        Map<Boolean, List<SessionView>> byLife =
                found.stream().filter(s -> !s.isUndone()).collect(Collectors.partitioningBy(SessionView::isLive));
        return new RosterDay(
                therapistId, name, date, byLife.getOrDefault(true, List.of()), byLife.getOrDefault(false, List.of()));
    }

    private String name(long therapistId) {
        return transactions.inNew(() -> Sql.on(em)
                .add("select title, given_name, family_name from therapist where id = ?", therapistId)
                .first(r -> Therapist.displayName(r.text(1), r.text(2), r.text(3)))
                .orElseThrow(() -> new NotFound("therapist", therapistId)));
    }
}
