package org.evenkeel.roster;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.roster.DaySheet.Part;
import org.evenkeel.session.SessionFilter;
import org.evenkeel.session.SessionState;
import org.evenkeel.session.SessionView;
import org.evenkeel.session.SessionView.Named;
import org.evenkeel.session.SessionViews;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/** Day sheets: a therapist's own; one therapist's or the whole desk's for the desk and the lead. */
@ApplicationScoped
public class DaySheets {

    private EntityManager em;
    private SessionViews sessions;
    private Transactions transactions;
    private AuditTrail audit;

    @SuppressWarnings("NullAway.Init")
    protected DaySheets() {}

    @Inject
    public DaySheets(EntityManager em, SessionViews sessions, Transactions transactions, AuditTrail audit) {
        this.em = em;
        this.sessions = sessions;
        this.transactions = transactions;
        this.audit = audit;
    }

    /**
     * The sheet of a date: therapists by family name, each with what they have by start.
     *
     * @param therapistId null: everyone whom the reader may see
     * @param siteId null: all sites
     * @throws NotAllowed if the reader may not see these sessions
     */
    public DaySheet of(Actor actor, LocalDate date, @Nullable Long therapistId, @Nullable Long siteId) {
        Long own = actor.therapistId();
        Long whose = therapistId == null && !actor.hasAny(Role.DESK, Role.LEAD) ? own : therapistId;
        SessionFilter day = new SessionFilter(date, date, whose, null, null, siteId, SessionState.BOOKED);
        List<SessionView> found = sessions.list(actor, "roster/sheet", day, null, SessionViews.MOST)
                .items();
        Map<Named, List<SessionView>> parts = new HashMap<>();
        for (SessionView session : found) {
            session.therapists().stream()
                    .filter(t -> whose == null || t.id() == whose)
                    .forEach(t ->
                            parts.computeIfAbsent(t, k -> new ArrayList<>()).add(session));
        }
        List<Long> order = byFamilyName(parts.keySet());
        return new DaySheet(
                date,
                parts.entrySet().stream()
                        .sorted(Comparator.comparingInt(
                                p -> order.indexOf(p.getKey().id())))
                        .map(p -> new Part(p.getKey().id(), p.getKey().name(), p.getValue()))
                        .toList());
    }

    private List<Long> byFamilyName(Set<Named> therapists) {
        return transactions.inNew(() -> Sql.on(em)
                .add("select id from therapist where id in")
                .in(therapists.stream().map(Named::id).toList())
                .add("order by family_name, given_name, id")
                .list(r -> r.id(1)));
    }

    /** The same as a file of comma-separated values, which leaves the centre and is on record as an export. */
    public String csv(
            Actor actor, LocalDate date, @Nullable Long therapistId, @Nullable Long siteId, boolean initials) {
        DaySheet sheet = of(actor, date, therapistId, siteId);
        Set<Long> ids = new LinkedHashSet<>();
        Set<Long> patients = new LinkedHashSet<>();
        sheet.parts().stream().flatMap(p -> p.sessions().stream()).forEach(s -> {
            ids.add(s.id());
            s.participants().forEach(p -> patients.add(p.patientId()));
        });
        transactions.runInNew(() -> audit.record(
                actor,
                new Entry(
                        "EXPORTED", "roster/sheet", "session", ids, patients, "OK", initials ? "initials" : "names")));
        return SheetCsv.of(sheet, initials);
    }
}
