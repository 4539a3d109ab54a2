package org.evenkeel.reminder;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evenkeel.shared.Sql;
import org.jspecify.annotations.Nullable;

/** What will become of reminders that wait, by the same rules that decide it when their moment has come. Changes nothing. */
final class Foresight {

    /** So many are looked at for the first ones of different patients. */
    private static final int AT_ONCE = 500;

    private static final String NOWHERE = "\u2026";

    private final EntityManager em;
    private final Outbox outbox;

    Foresight(EntityManager em, Outbox outbox) {
        this.em = em;
        this.outbox = outbox;
    }

    private record Waiting(long id, long patientId, Instant due, Instant sendAt, @Nullable Reason reason) {

        Instant from(Instant now) {
            return sendAt.isAfter(now) ? sendAt : now;
        }

        /** Why it was not to go out when it was due. */
        @Nullable
        Reason waits(Instant now) {
            boolean shifted = sendAt.isAfter(now) && !sendAt.equals(due);
            return reason == null && shifted ? Reason.QUIET_HOURS : reason;
        }
    }

    /** What goes out next, the first of each patient, in the caller's transaction; as many statements for several as for one. */
    List<NextMessage> next(int most, Instant now) {
        Set<Long> patients = new HashSet<>();
        List<Waiting> first = waiting().stream()
                .filter(w -> patients.size() < most && patients.add(w.patientId()))
                .toList();
        Map<Long, List<Pending>> pending = outbox.pending(patients, now);
        Map<Long, Recipient> recipients = outbox.recipients(patients, now);
        List<NextMessage> next = new ArrayList<>();
        for (Waiting waiting : first) {
            List<Pending> own = pending.getOrDefault(waiting.patientId(), List.of());
            Recipient to = recipients.get(waiting.patientId());
            if (to != null) {
                own.stream()
                        .filter(p -> p.id() == waiting.id())
                        .findFirst()
                        .ifPresent(p -> next.add(message(waiting, p, own, to, now)));
            }
        }
        next.sort(Comparator.comparing(NextMessage::at));
        return next;
    }

    private List<Waiting> waiting() {
        return Sql.on(em)
                .add(
                        "select id, patient_id, due_at, send_at, reason from reminder where state = 'PENDING' order by send_at, id"
                                + " fetch first " + AT_ONCE + " rows only")
                .list(r -> new Waiting(
                        r.id(1),
                        r.id(2),
                        r.instant(3),
                        r.instant(4),
                        r.textOrNull(5) == null ? null : r.constant(5, Reason.class)));
    }

    private NextMessage message(Waiting waiting, Pending pending, List<Pending> all, Recipient to, Instant now) {
        Verdict.Foreseen foreseen = Verdict.foresee(waiting.id(), all, to, waiting.from(now));
        Verdict.Ready ready = foreseen.message();
        Reason why = foreseen.why() == null ? waiting.waits(now) : foreseen.why();
        if (ready == null) {
            return new NextMessage(
                    to.patientId(),
                    pending.channel(),
                    waiting.due(),
                    foreseen.at(),
                    pending.session().zone(),
                    null,
                    "",
                    "",
                    why);
        }
        Texts.Words words =
                ready.words(to, to.language(), outbox.link("answer", NOWHERE), outbox.link("stop", NOWHERE));
        return new NextMessage(
                to.patientId(),
                ready.channel(),
                waiting.due(),
                foreseen.at(),
                pending.session().zone(),
                to.address(ready.channel()).orElseThrow().contact().value(),
                words.subject(),
                words.body(),
                why);
    }
}
