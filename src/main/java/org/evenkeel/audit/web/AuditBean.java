package org.evenkeel.audit.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.evenkeel.audit.AuditReview;
import org.evenkeel.audit.AuditVerifier;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.shared.NotFound;
import org.jspecify.annotations.Nullable;

/** The audit page: everything without patients for an administrator, one patient's for the clinical lead. Days are those of UTC. */
@Named("auditTrail")
@RequestScoped
public class AuditBean {
    private static final int PAGE_SIZE = 50;
    private static final int DAYS = 7;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final AuditReview review;
    private final AuditVerifier verifier;
    private final SignedIn signedIn;
    private final Clock clock;

    private @Nullable LocalDate from;
    private @Nullable LocalDate to;
    private String who = "";
    private String record = "";
    private @Nullable Long patient;
    private int page = 1;
    private AuditReview.Page found = new AuditReview.Page(List.of(), 0);
    private AuditVerifier.@Nullable Verification verification;

    @Inject
    public AuditBean(AuditReview review, AuditVerifier verifier, SignedIn signedIn, Clock clock) {
        this.review = review;
        this.verifier = verifier;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    @SuppressWarnings("NullAway")
    protected AuditBean() {
        this(null, null, null, null);
    }

    /** A line as the page shows it. */
    public record Row(String time, AuditReview.Line line, String ids) {
        private static Row of(AuditReview.Line line) {
            return new Row(
                    TIME.format(line.occurredAt().atOffset(ZoneOffset.UTC)),
                    line,
                    line.subjectIds().stream().map(String::valueOf).collect(Collectors.joining(" ")));
        }
    }

    /** Reads what the view parameters ask for; the roles decide what that can be. Who has both may ask for either. */
    public void open() {
        Actor actor = signedIn.actor();
        page = Math.max(1, page);
        LocalDate last = to == null ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) : to;
        LocalDate first = from == null ? last.minusDays(DAYS) : from;
        to = last;
        from = first;
        Instant begin = first.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant end = last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        int offset = (page - 1) * PAGE_SIZE;
        boolean aboutPatient = actor.has(Role.LEAD) && (patient != null || !record.isBlank());
        if (actor.has(Role.ADMIN) && !aboutPatient) {
            found = review.everything(actor, begin, end, who, offset, PAGE_SIZE);
        } else {
            readPatient(actor, begin, end, offset);
        }
    }

    private void readPatient(Actor actor, Instant begin, Instant end, int offset) {
        review.requireLead(actor);
        Long wanted = patient;
        if (wanted == null && !record.isBlank()) {
            try {
                wanted = review.patientOf(actor, record);
            } catch (NotFound e) {
                Notices.wrong("record", Notices.text("audit.list.noPatient"));
            }
        }
        if (wanted != null) {
            found = review.ofPatient(actor, wanted, begin, end, offset, PAGE_SIZE);
        }
    }

    public void verify() {
        verification = verifier.verify(signedIn.actor(), null);
    }

    public List<Row> getRows() {
        return found.lines().stream().map(Row::of).toList();
    }

    public int getPages() {
        return (int) Math.max(1, (found.total() + PAGE_SIZE - 1) / PAGE_SIZE);
    }

    /** What the verification that was just asked for has found; null if none was. */
    public @Nullable String getVerdict() {
        AuditVerifier.Verification result = verification;
        if (result == null) {
            return null;
        }
        String flaws = result.findings().stream()
                .map(finding -> finding.flaw() + " " + finding.seq())
                .collect(Collectors.joining(", "));
        return result.intact()
                ? Notices.text("audit.list.intact", Long.toString(result.sealed()), Long.toString(result.unsealed()))
                : Notices.text("audit.list.broken", flaws);
    }

    public boolean isIntact() {
        return verification != null && verification.intact();
    }

    public @Nullable LocalDate getFrom() {
        return from;
    }

    public void setFrom(@Nullable LocalDate from) {
        this.from = from;
    }

    public @Nullable LocalDate getTo() {
        return to;
    }

    public void setTo(@Nullable LocalDate to) {
        this.to = to;
    }

    public String getWho() {
        return who;
    }

    public void setWho(@Nullable String who) {
        this.who = who == null ? "" : who;
    }

    public String getRecord() {
        return record;
    }

    public void setRecord(@Nullable String record) {
        this.record = record == null ? "" : record;
    }

    public @Nullable Long getPatient() {
        return patient;
    }

    public void setPatient(@Nullable Long patient) {
        this.patient = patient;
    }

    public int getPage() {
        return page;
    }

    public void setPage(int page) {
        this.page = page;
    }
}
