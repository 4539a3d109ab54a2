package org.evenkeel.api;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.evenkeel.series.SeriesPlan;
import org.evenkeel.series.Unresolved;
import org.evenkeel.session.Alternatives;
import org.evenkeel.session.BlockedBy;
import org.evenkeel.session.Refusal;
import org.evenkeel.session.RefusalTexts;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.jspecify.annotations.Nullable;

/** What went wrong, as RFC 9457 has it. Members that do not apply are left out. */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @Nullable String field,
        @Nullable Rule reason,
        @Nullable BlockedByDocument blockedBy,
        @Nullable List<RefusalDocument> refusals,
        @Nullable AlternativesDocument alternatives,
        @Nullable List<SeriesPlanDocument.Date> dates)
        implements JsonText.Sparse {

    static final String MEDIA_TYPE = "application/problem+json";

    private static final String BLANK = "about:blank";

    /** The session in the way. */
    public record BlockedByDocument(
            long session,
            @Nullable String modality,
            @Nullable String therapist,
            @Nullable String room,
            String start,
            String end)
            implements JsonText.Sparse {

        static @Nullable BlockedByDocument of(@Nullable BlockedBy by) {
            if (by == null) {
                return null;
            }
            ZoneId zone = by.zone();
            return new BlockedByDocument(
                    by.sessionId(),
                    emptyToNull(by.code()),
                    emptyToNull(by.therapist()),
                    emptyToNull(by.room()),
                    SessionDocument.time(by.slot().start(), zone),
                    SessionDocument.time(by.slot().end(), zone));
        }

        private static @Nullable String emptyToNull(String text) {
            return text.isEmpty() ? null : text;
        }
    }

    /** One rule that refuses. */
    public record RefusalDocument(
            Rule reason, Rule.Severity severity, String detail, @Nullable BlockedByDocument blockedBy)
            implements JsonText.Sparse {

        static RefusalDocument of(Refusal refusal) {
            return new RefusalDocument(
                    refusal.rule(),
                    refusal.rule().severity(),
                    RefusalTexts.in(Locale.ENGLISH).of(refusal),
                    BlockedByDocument.of(refusal.blockedBy()));
        }
    }

    /** Ways out of a refusal. */
    public record AlternativesDocument(List<FreeTimeDocument> otherTimes, List<FreeTimeDocument> sameTime) {

        static AlternativesDocument of(Alternatives ways) {
            return new AlternativesDocument(
                    ways.otherTimes().stream().map(FreeTimeDocument::of).toList(),
                    ways.sameTime().stream().map(FreeTimeDocument::of).toList());
        }
    }

    static Problem of(int status, String title, String detail, String instance) {
        return about(status, title, detail, instance, null);
    }

    static Problem about(int status, String title, String detail, String instance, @Nullable String field) {
        return new Problem(BLANK, title, status, detail, instance, field, null, null, null, null, null);
    }

    static Problem of(Refused refused, String title, String instance) {
        List<RefusalDocument> refusals =
                refused.refusals().stream().map(RefusalDocument::of).toList();
        RefusalDocument first = refusals.get(0);
        return new Problem(
                "urn:evenkeel:problem:refused",
                title,
                409,
                RefusalTexts.in(Locale.ENGLISH).of(refused),
                instance,
                null,
                first.reason(),
                first.blockedBy(),
                refusals,
                AlternativesDocument.of(refused.alternatives()),
                null);
    }

    /** Dates of a series that something speaks against. */
    static Problem of(Unresolved unresolved, String title, String instance) {
        SeriesPlan plan = unresolved.plan();
        List<RefusalDocument> refusals = plan.conflicts().stream()
                .flatMap(d -> d.refusals().stream())
                .distinct()
                .map(RefusalDocument::of)
                .toList();
        RefusalDocument first = refusals.get(0);
        return new Problem(
                "urn:evenkeel:problem:unresolved",
                title,
                409,
                plan.conflicts().size() + " of " + plan.dates().size() + " dates need a decision: " + first.detail(),
                instance,
                null,
                first.reason(),
                first.blockedBy(),
                refusals,
                null,
                SeriesPlanDocument.of(plan).dates());
    }
}
