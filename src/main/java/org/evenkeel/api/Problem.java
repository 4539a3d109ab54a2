package org.evenkeel.api;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.evenkeel.session.Alternatives;
import org.evenkeel.session.BlockedBy;
import org.evenkeel.session.Refusal;
import org.evenkeel.session.RefusalTexts;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.jspecify.annotations.Nullable;

/** What went wrong, as RFC 9457 has it. Members that do not apply are left out. */
@Schema(name = "Problem", description = "What went wrong (RFC 9457); members that do not apply are left out")
public record Problem(
        @Schema(examples = "urn:evenkeel:problem:refused") String type,
        @Schema(examples = "Conflict") String title,
        @Schema(examples = "409") int status,
        @Schema(description = "For the user: what is the matter and what to do", examples = "Dr Lee is taken.")
                String detail,
        @Schema(description = "The address that was asked; of a failure of ours, its reference number in the log")
                String instance,
        @Schema(description = "The member or parameter that it is about") @Nullable String field,
        @Schema(description = "The rule that refuses; of several the first to tell") @Nullable Rule reason,
        @Schema(description = "The session in the way, as far as you may see it") @Nullable BlockedByDocument blockedBy,
        @Schema(description = "Every rule that refuses; if all are SOFT, an override with a reason gets past them")
                @Nullable
                List<RefusalDocument> refusals,
        @Schema(description = "Ways out") @Nullable AlternativesDocument alternatives)
        implements JsonText.Sparse {

    static final String MEDIA_TYPE = "application/problem+json";

    private static final String BLANK = "about:blank";

    /** The session in the way. */
    @Schema(name = "BlockedBy", description = "The session in the way; never who attends it")
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
                    emptyToNull(by.modality()),
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
    @Schema(name = "Refusal", description = "One rule that refuses")
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
    @Schema(name = "Alternatives", description = "Ways out of a refusal")
    public record AlternativesDocument(
            @Schema(description = "The same therapist at other times") List<FreeTimeDocument> otherTimes,
            @Schema(description = "Other therapists at the same time") List<FreeTimeDocument> sameTime) {

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
        return new Problem(BLANK, title, status, detail, instance, field, null, null, null, null);
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
                AlternativesDocument.of(refused.alternatives()));
    }
}
