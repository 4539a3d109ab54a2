package org.evenkeel.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.AuditTrail.Entry;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.session.SessionView.Attendee;
import org.evenkeel.session.SessionView.Located;
import org.evenkeel.session.SessionView.Named;
import org.evenkeel.session.SessionView.Place;
import org.evenkeel.session.SessionView.Therapy;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.shared.Transactions;
import org.evenkeel.therapist.Lapse;
import org.evenkeel.therapist.Therapist;
import org.jspecify.annotations.Nullable;

/**
 * Sessions as they are told to readers: the desk and the lead see all, a therapist what they lead or facilitate. A reading takes
 * at most two statements and the audit entry, however many sessions there are.
 */
@ApplicationScoped
public class SessionViews {

    /** One parameter, the instant. */
    static final String COLUMNS = "select s.id, s.version, s.revision, m.id, m.code, m.name, m.colour,"
            + " s.starts_at, s.ends_at, t.id, t.title, t.given_name, t.family_name, r.id, r.name, s.takes_room,"
            + " si.id, si.name, si.zone, s.state, s.late_cancelled, s.cancel_reason, s.overridden, s.override_reason,"
            + " p.id, p.patient_id, pa.given_name, pa.family_name, pa.record_number, p.state, p.checked_in_at,"
            + " p.late_minutes, p.attended_minutes, p.excused, p.enrolment_id, s.capacity, s.series_id, se.name,"
            + " fa.therapist_id, ft.title, ft.given_name, ft.family_name, case when s.capacity > 1 then "
            + FreeSeats.kept("s")
            + " else 0 end, "
            + Lapse.LAST_DAY;

    /** Outer ones, although nothing is missing: a database must not begin with a modality, and read all that was ever given of it. */
    static final String JOINS =
            "left join modality m on m.id = s.modality_id left join therapist t on t.id = s.therapist_id"
                    + " left join room r on r.id = s.room_id left join site si on si.id = s.site_id"
                    + " left join participant p on p.session_id = s.id and (p.seat_number is not null"
                    + " or (s.state = 'CANCELLED' and p.left_start is null))"
                    + " left join patient pa on pa.id = p.patient_id left join series se on se.id = s.series_id"
                    + " left join session_facilitator fa on fa.session_id = s.id left join therapist ft on ft.id = fa.therapist_id";

    /** Condition on a table {@code session s}: therapists see what they lead and what they facilitate; twice a therapist's id. */
    static final String OWN = "(s.therapist_id = ? or exists (select 1 from session_facilitator o"
            + " where o.session_id = s.id and o.therapist_id = ?))";

    /**
     * Condition on a table {@code session s}: the patient comes, or the session was cancelled while they did; once a patient's id. Who
     * had left it before has a {@code left_start}.
     */
    static final String OF_PATIENT = "s.id in (select c.session_id from participant c"
            + " left join session o on o.id = c.session_id"
            + " where c.patient_id = ? and (c.seat_number is not null or (o.state = 'CANCELLED' and c.left_start is null)))";

    /** The longest page that there can be: more than any centre holds in a day. */
    public static final int MOST = 5_000;

    private EntityManager em;
    private Transactions transactions;
    private AuditTrail audit;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected SessionViews() {}

    @Inject
    public SessionViews(EntityManager em, Transactions transactions, AuditTrail audit, Clock clock) {
        this.em = em;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * One session, cancelled ones too.
     *
     * @param purpose the screen or endpoint that it is for
     * @throws NotFound if there is none
     * @throws NotAllowed if it is not the reader's
     */
    public SessionView find(Actor actor, String purpose, long id) {
        requireReader(actor, purpose, null);
        SessionView found = transactions.inNew(() -> {
            SessionView session = read(id);
            if (maySee(actor, session)) {
                audit.record(actor, Entry.viewed(purpose, "session", List.of(id), patientIds(Stream.of(session))));
            }
            return session;
        });
        if (!maySee(actor, found)) {
            throw denied(actor, "see a session of others", purpose, List.of(id));
        }
        return found;
    }

    /**
     * A session as it stands after a change of the reader's own, which is on record already; within the transaction of the change
     * or after it.
     */
    public SessionView changed(long id) {
        return read(id);
    }

    /**
     * Sessions by start.
     *
     * @param purpose the screen or endpoint that it is for
     * @param after where the last page ended; null: from the beginning
     * @param limit at most so many, and no more than {@link #MOST}
     * @throws NotAllowed if a therapist asks for another's sessions
     */
    public SessionPage list(
            Actor actor, String purpose, SessionFilter filter, SessionPage.@Nullable Position after, int limit) {
        requireReader(actor, purpose, filter.therapistId());
        Long own = actor.therapistId();
        SessionFilter seen = seesAll(actor) || own == null ? filter : filter.withTherapist(own);
        return transactions.inNew(() -> {
            List<SessionView> found = page(seen, after, limit + 1);
            boolean more = found.size() > limit;
            List<SessionView> items = more ? found.subList(0, limit) : found;
            audit.record(
                    actor,
                    Entry.viewed(
                            purpose,
                            "session",
                            items.stream().map(SessionView::id).toList(),
                            patientIds(items.stream())));
            SessionView last = more ? items.get(limit - 1) : null;
            return new SessionPage(
                    items,
                    last == null ? null : new SessionPage.Position(last.slot().start(), last.id()));
        });
    }

    // --- who may ----------------------------------------------------------------------------------------------------

    private static boolean seesAll(Actor actor) {
        return actor.hasAny(Role.DESK, Role.LEAD);
    }

    private static boolean maySee(Actor actor, SessionView session) {
        return seesAll(actor) || session.therapists().stream().anyMatch(t -> actor.isTherapist(t.id()));
    }

    /**
     * Lets those in who may see sessions, and writes down whom it turned away.
     *
     * @param therapistId whose they ask for; null: those that are theirs to see
     * @throws NotAllowed if they may see none, or not that therapist's
     */
    public void requireReader(Actor actor, String purpose, @Nullable Long therapistId) {
        if (!seesAll(actor) && !(actor.has(Role.THERAPIST) && actor.therapistId() != null)) {
            throw denied(actor, "see sessions", purpose, List.of());
        }
        if (therapistId != null && !seesAll(actor) && !actor.isTherapist(therapistId)) {
            throw denied(actor, "see sessions of others", purpose, List.of());
        }
    }

    private NotAllowed denied(Actor actor, String action, String purpose, List<Long> ids) {
        audit.recordApart(actor, new Entry("REFUSED", purpose, "session", ids, List.of(), "DENIED", ""));
        return new NotAllowed(action);
    }

    private static Set<Long> patientIds(Stream<SessionView> sessions) {
        Set<Long> ids = new LinkedHashSet<>();
        sessions.forEach(s -> s.participants().forEach(p -> ids.add(p.patientId())));
        return ids;
    }

    // --- reading ----------------------------------------------------------------------------------------------------

    private SessionView read(long id) {
        List<SessionView> found = views(Sql.on(em)
                .add(COLUMNS + " from session s " + JOINS, clock.instant())
                .add("where s.id = ? order by p.id", id));
        if (found.isEmpty()) {
            throw new NotFound("session", id);
        }
        return found.get(0);
    }

    private List<SessionView> page(SessionFilter filter, SessionPage.@Nullable Position after, int limit) {
        Sql sql = Sql.on(em).add(COLUMNS + " from (select * from session s where 1 = 1", clock.instant());
        if (filter.therapistId() != null) {
            sql.add("and " + OWN, filter.therapistId(), filter.therapistId());
        }
        addIf(sql, "and s.room_id = ?", filter.roomId());
        addIf(sql, "and s.site_id = ?", filter.siteId());
        addIf(sql, "and s.state = ?", filter.state());
        addIf(sql, "and " + OF_PATIENT, filter.patientId());
        addStretch(sql, filter);
        if (filter.from() == null) {
            sql.add("and s.starts_at > ?", Instant.EPOCH);
        }
        if (after != null) {
            sql.add("and s.starts_at >= ? and (s.starts_at > ? or s.id > ?)", after.start(), after.start(), after.id());
        }
        sql.add("order by " + index(filter) + "s.starts_at, s.id fetch first " + atLeast(limit) + " rows only) s");
        return views(sql.add(JOINS).add("order by s.starts_at, s.id, p.id")).stream()
                .limit(limit)
                .toList();
    }

    /** How many rows to read for a page. Not a parameter: PostgreSQL, which plans for any, would take it for a tenth of all there are. */
    private static String atLeast(int limit) {
        if (limit > MOST + 1) {
            throw new IllegalArgumentException("Too long a page: " + limit);
        }
        if (limit <= 101) {
            return limit <= 26 ? "26" : "101";
        }
        return limit <= 501 ? "501" : "5001";
    }

    /**
     * What the index begins with that has by start what is wanted. H2 reads it no further than a page goes if rows are asked for in its own
     * order, and starts are bounded: else it reads all that ever was of a room or a site, by an index without them.
     */
    private static String index(SessionFilter filter) {
        if (filter.roomId() != null) {
            return "s.room_id, ";
        }
        return filter.siteId() != null ? "s.site_id, " : "";
    }

    private static void addIf(Sql sql, String condition, @Nullable Object wanted) {
        if (wanted != null) {
            sql.add(condition, wanted);
        }
    }

    /**
     * Dates mean another stretch in each zone. Starts are bounded on both sides, and for all zones together as well: an index
     * serves a range, and no "or" of ranges.
     */
    private void addStretch(Sql sql, SessionFilter filter) {
        if (!filter.isByDate()) {
            addStretch(sql, filter.start(ZoneOffset.UTC), filter.end(ZoneOffset.UTC));
            return;
        }
        Map<String, List<Long>> zones = sitesByZone(filter.siteId());
        if (zones.isEmpty()) {
            sql.add("and 1 = 0");
            return;
        }
        List<ZoneId> ids = zones.keySet().stream().map(ZoneId::of).toList();
        addStretch(
                sql,
                edge(ids, filter::start, Comparator.naturalOrder()),
                edge(ids, filter::end, Comparator.reverseOrder()));
        String or = "and (";
        for (Map.Entry<String, List<Long>> zone : zones.entrySet()) {
            ZoneId id = ZoneId.of(zone.getKey());
            sql.add(or + "(s.site_id in").in(zone.getValue());
            addStretch(sql, filter.start(id), filter.end(id));
            sql.add(")");
            or = "or ";
        }
        sql.add(")");
    }

    /** The first or the last of a moment in several zones; null: it is not bounded in any. */
    private static @Nullable Instant edge(
            List<ZoneId> zones, Function<ZoneId, @Nullable Instant> moment, Comparator<Instant> order) {
        return zones.stream().map(moment).filter(Objects::nonNull).min(order).orElse(null);
    }

    private static void addStretch(Sql sql, @Nullable Instant start, @Nullable Instant end) {
        if (start != null) {
            sql.add("and s.starts_at > ? and s.ends_at > ?", start.minus(TimeSlot.LONGEST_SESSION), start);
        }
        addIf(sql, "and s.starts_at < ?", end);
    }

    private Map<String, List<Long>> sitesByZone(@Nullable Long siteId) {
        Map<String, List<Long>> zones = new TreeMap<>();
        Sql sql = Sql.on(em).add("select id, zone from site");
        addIf(sql, "where id = ?", siteId);
        sql.list(r -> zones.computeIfAbsent(r.text(2), z -> new ArrayList<>()).add(r.id(1)));
        return zones;
    }

    static List<SessionView> views(Sql sql) {
        Map<Long, SessionView> sessions = new LinkedHashMap<>();
        Map<Long, Map<Long, Attendee>> participants = new HashMap<>();
        Map<Long, Map<Long, Named>> facilitators = new HashMap<>();
        sql.list(r -> {
            long id = r.id(1);
            if (!sessions.containsKey(id)) {
                sessions.put(id, view(r));
            }
            if (r.idOrNull(25) != null) {
                participants.computeIfAbsent(id, k -> new LinkedHashMap<>()).putIfAbsent(r.id(25), attendee(r));
            }
            if (r.idOrNull(39) != null) {
                facilitators
                        .computeIfAbsent(id, k -> new TreeMap<>())
                        .putIfAbsent(
                                r.id(39),
                                new Named(r.id(39), Therapist.displayName(r.text(40), r.text(41), r.text(42))));
            }
            return true;
        });
        return sessions.values().stream()
                .map(s -> s.with(
                        List.copyOf(facilitators.getOrDefault(s.id(), Map.of()).values()),
                        List.copyOf(participants.getOrDefault(s.id(), Map.of()).values())))
                .toList();
    }

    private static SessionView view(Sql.Row r) throws java.sql.SQLException {
        String overridden = r.textOrNull(23);
        ZoneId zone = ZoneId.of(r.text(19));
        return new SessionView(
                r.id(1),
                r.id(2),
                r.number(3),
                new Therapy(r.id(4), r.text(5), r.text(6), r.number(7)),
                r.slot(8, 9),
                new Named(r.id(10), Therapist.displayName(r.text(11), r.text(12), r.text(13))),
                List.of(),
                new Place(r.id(14), r.text(15), !r.flag(16)),
                new Located(r.id(17), r.text(18), zone),
                r.constant(20, SessionState.class),
                r.flag(21),
                r.textOrNull(22),
                overridden == null
                        ? List.of()
                        : Stream.of(overridden.split(" ", -1))
                                .map(Rule::valueOf)
                                .toList(),
                r.textOrNull(24),
                Lapse.isBefore(r.instant(8), zone, r, 44),
                r.number(36),
                r.number(43),
                r.idOrNull(37) == null ? null : new Named(r.id(37), r.text(38)),
                List.of());
    }

    private static Attendee attendee(Sql.Row r) throws java.sql.SQLException {
        return new Attendee(
                r.id(25),
                r.id(26),
                r.text(27) + " " + r.text(28),
                r.text(28),
                r.text(29),
                r.constant(30, ParticipantState.class),
                r.instantOrNull(31),
                r.number(32),
                r.numberOrNull(33),
                r.flag(34),
                r.idOrNull(37) != null && r.idOrNull(35) == null);
    }
}
