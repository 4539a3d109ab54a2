package org.evenkeel.session;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenkeel.shared.Phrases;
import org.evenkeel.shared.TimeSlot;
import org.jspecify.annotations.Nullable;

/**
 * Puts refusals into words: "Dr Ruiz has Group CBT 10:00-11:30 (Room 2). Free: 11:30, 14:00. Same time: Dr Lee, Dr Okafor." Each
 * rule has its text under {@code refusal.<RULE>} of the bundle. Times are told on the wall of their site; the date is named where
 * it is not the one that was asked for, the zone where it is not the one that the reader thinks in.
 */
public final class RefusalTexts {

    private final Phrases phrases;
    private final Locale locale;
    private final @Nullable ZoneId home;
    private final @Nullable Instant wanted;

    private RefusalTexts(Locale locale, @Nullable ZoneId home, @Nullable Instant wanted) {
        this.phrases = Phrases.in(locale);
        this.locale = locale;
        this.home = home;
        this.wanted = wanted;
    }

    /** For a reader of whom no more is known: dates are named, and zones where there are several. */
    public static RefusalTexts in(Locale locale) {
        return new RefusalTexts(locale, null, null);
    }

    /**
     * For a reader who has asked for a time at a site.
     *
     * @param wanted what was asked for; its date is not repeated
     * @param home the zone that the reader thinks in; it is not named
     */
    public static RefusalTexts in(Locale locale, Instant wanted, ZoneId home) {
        return new RefusalTexts(locale, home, wanted);
    }

    /** The refusals and, after them, the ways out, in one line. */
    public String of(Refused refused) {
        RefusalTexts told = home == null ? inZoneOf(refused) : this;
        return Stream.concat(
                        told.sentences(refused.refusals()).stream(), Stream.of(told.waysOut(refused.alternatives())))
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** What speaks against it, a sentence each. A room that is taken by the session which takes the therapist is not repeated. */
    public List<String> sentences(List<Refusal> refusals) {
        List<Long> told = refusals.stream()
                .filter(r -> r.rule() == Rule.THERAPIST_TAKEN)
                .map(Refusal::blockedBy)
                .filter(Objects::nonNull)
                .filter(by -> !by.room().isEmpty())
                .map(BlockedBy::sessionId)
                .toList();
        return refusals.stream()
                .filter(r -> {
                    BlockedBy by = r.blockedBy();
                    return r.rule() != Rule.ROOM_TAKEN || by == null || !told.contains(by.sessionId());
                })
                .map(this::of)
                .distinct()
                .toList();
    }

    /** "Free: 11:30, 14:00. Same time: Dr Lee."; nothing if there is no way out. */
    public String waysOut(Alternatives ways) {
        List<String> told = new ArrayList<>();
        if (!ways.otherTimes().isEmpty()) {
            told.add(phrases.of(
                    "refusal.otherTimes",
                    ways.otherTimes().stream().map(this::time).collect(Collectors.joining(", "))));
        }
        if (!ways.sameTime().isEmpty()) {
            told.add(phrases.of(
                    "refusal.sameTime",
                    ways.sameTime().stream()
                            .map(time -> time.therapist().name())
                            .distinct()
                            .collect(Collectors.joining(", "))));
        }
        return String.join(" ", told);
    }

    /** When a way out begins: "11:30", "Fri 5 Mar 11:30", "11:30 (Pacific Time)". */
    public String time(FreeTime free) {
        return at(free.start(), free.zone());
    }

    /** One refusal, or what is only told, as a sentence. */
    public String of(Refusal refusal) {
        Rule rule = refusal.rule();
        String who = refusal.who();
        return switch (rule) {
            case THERAPIST_TAKEN, PATIENT_TAKEN -> taken(refusal, "");
            case ROOM_TAKEN -> taken(refusal, until(refusal));
            case BEING_BOOKED ->
                refusal.facts().containsKey("until")
                        ? fill(rule, isKept(refusal) ? ".kept" : ".until", at(instant(refusal, "until"), zone(refusal)))
                        : fill(rule, "");
            case NO_FREE_ROOM, KEPT_APART -> fill(rule, "");
            case SEAT_TAKEN -> full(refusal);
            case GROUP_CLOSED -> fill(rule, "", who);
            case ENROLMENT_CLOSED -> fill(rule, "", who, date(refusal), fact(refusal, "hours"));
            case ALREADY_ENROLLED, ALREADY_WAITING -> fill(rule, "", who, date(refusal));
            case NO_SUCH_TIME -> fill(rule, "", fact(refusal, "time"), date(refusal));
            case NOT_QUALIFIED ->
                refusal.facts().containsKey("date")
                        ? fill(rule, "", who, fact(refusal, "qualification"), fact(refusal, "modality"), date(refusal))
                        : fill(rule, ".ever", who, fact(refusal, "qualification"), fact(refusal, "modality"));
            case TIME_OFF -> fill(rule, "", who, at(instant(refusal, "until"), zone(refusal)));
            case SITE_CLOSED ->
                fill(
                        rule,
                        fact(refusal, "reason").isEmpty() ? "" : ".reason",
                        who,
                        date(refusal),
                        fact(refusal, "reason"));
            case ROOM_UNFIT ->
                isTooSmall(refusal)
                        ? fill(rule, "", who, fact(refusal, "capacity"), fact(refusal, "needed"))
                        : fill(rule, ".closed", who);
            case THERAPIST_INACTIVE, PATIENT_NOT_BOOKABLE -> fill(rule, "", who);
            case NOT_CHANGEABLE -> fill(rule, "." + fact(refusal, "why"));
            case UNDO_TOO_LATE -> fill(rule, "", fact(refusal, "seconds"));
            case TOO_EARLY -> fill(rule, "." + fact(refusal, "what"), at(instant(refusal, "from"), zone(refusal)));
            case OUTSIDE_HOURS -> outsideHours(refusal);
            case TOO_MANY_IN_A_ROW -> fill(rule, "", who, fact(refusal, "count"), fact(refusal, "most"));
            case NOT_PRIMARY_THERAPIST -> fill(rule, "", who);
        };
    }

    // --- sentences that need more than their facts ------------------------------------------------------------------

    private String taken(Refusal refusal, String until) {
        BlockedBy by = refusal.blockedBy();
        if (by == null) {
            return refusal.facts().get("other") instanceof TimeSlot other
                    ? fill(refusal.rule(), ".own", refusal.who(), stretch(other, zone(refusal)))
                    : fill(refusal.rule(), ".unknown", refusal.who());
        }
        String when = stretch(by.slot(), by.zone());
        if (by.modality().isEmpty()) {
            return fill(refusal.rule(), ".hidden", refusal.who(), when, until);
        }
        return fill(
                refusal.rule(),
                until.isEmpty() ? "" : ".turnover",
                refusal.who(),
                by.modality(),
                when,
                by.room(),
                by.therapist(),
                until);
    }

    /** When the room is ready again, if that is later than the end of the session. */
    private String until(Refusal refusal) {
        BlockedBy by = refusal.blockedBy();
        if (by == null
                || !(refusal.facts().get("until") instanceof Instant until)
                || !until.isAfter(by.slot().end())) {
            return "";
        }
        return clock(until.atZone(by.zone()));
    }

    private String full(Refusal refusal) {
        if (!refusal.facts().containsKey("capacity")) {
            return fill(refusal.rule(), "");
        }
        String kept = fact(refusal, "kept");
        return fill(
                refusal.rule(),
                kept.isEmpty() || kept.equals("0") ? ".full" : ".kept",
                fact(refusal, "taken"),
                fact(refusal, "capacity"),
                kept);
    }

    private static boolean isKept(Refusal refusal) {
        return Boolean.TRUE.equals(refusal.facts().get("kept"));
    }

    private static boolean isTooSmall(Refusal refusal) {
        return refusal.facts().get("capacity") instanceof Integer capacity
                && refusal.facts().get("needed") instanceof Integer needed
                && capacity < needed;
    }

    private String outsideHours(Refusal refusal) {
        String site = fact(refusal, "site");
        String kind = refusal.who().equals(site) ? ".site" : "";
        List<String> hours = new ArrayList<>();
        if (refusal.facts().get("hours") instanceof List<?> slots) {
            for (Object slot : slots) {
                if (slot instanceof TimeSlot open) {
                    hours.add(clock(open.start().atZone(zone(refusal))) + "-"
                            + clock(open.end().atZone(zone(refusal))));
                }
            }
        }
        return hours.isEmpty()
                ? fill(refusal.rule(), kind + ".never", refusal.who(), site)
                : fill(refusal.rule(), kind, refusal.who(), site, String.join(", ", hours));
    }

    // --- facts ------------------------------------------------------------------------------------------------------

    private static String fact(Refusal refusal, String name) {
        return Objects.toString(refusal.facts().get(name), "");
    }

    private String date(Refusal refusal) {
        return refusal.facts().get("date") instanceof LocalDate date ? day(date) : "";
    }

    private static Instant instant(Refusal refusal, String name) {
        return refusal.facts().get(name) instanceof Instant instant ? instant : Instant.EPOCH;
    }

    private ZoneId zone(Refusal refusal) {
        if (refusal.facts().get("zone") instanceof ZoneId zone) {
            return zone;
        }
        BlockedBy by = refusal.blockedBy();
        return by != null ? by.zone() : home != null ? home : ZoneId.of("UTC");
    }

    /** With the first zone in it as home: one that is the same everywhere need not be named. */
    private RefusalTexts inZoneOf(Refused refused) {
        return Stream.concat(
                        refused.refusals().stream().map(this::zoneOrNull).filter(Objects::nonNull),
                        Stream.concat(
                                        refused.alternatives().otherTimes().stream(),
                                        refused.alternatives().sameTime().stream())
                                .map(FreeTime::zone))
                .findFirst()
                .map(zone -> new RefusalTexts(locale, zone, wanted))
                .orElse(this);
    }

    private @Nullable ZoneId zoneOrNull(Refusal refusal) {
        BlockedBy by = refusal.blockedBy();
        return refusal.facts().get("zone") instanceof ZoneId zone ? zone : by == null ? null : by.zone();
    }

    // --- times ------------------------------------------------------------------------------------------------------

    /** "11:30", "Fri 5 Mar 11:30", "11:30 (Pacific Time)". */
    private String at(Instant instant, ZoneId zone) {
        return dateIfOther(instant, zone) + clock(instant.atZone(zone)) + zoneIfOther(zone);
    }

    /** "10:00-11:30". */
    private String stretch(TimeSlot slot, ZoneId zone) {
        String end = clock(slot.end().atZone(zone));
        return dateIfOther(slot.start(), zone) + clock(slot.start().atZone(zone)) + "-" + end + zoneIfOther(zone);
    }

    private static String clock(ZonedDateTime time) {
        return DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).format(time);
    }

    private String dateIfOther(Instant instant, ZoneId zone) {
        LocalDate date = LocalDate.ofInstant(instant, zone);
        return date.equals(wantedDate(zone)) ? "" : day(date) + " ";
    }

    private String day(LocalDate date) {
        LocalDate near = wantedDate(ZoneId.of("UTC"));
        boolean sameYear = near != null && near.getYear() == date.getYear();
        return DateTimeFormatter.ofPattern(sameYear ? "EEE d MMM" : "EEE d MMM uuuu", locale)
                .format(date);
    }

    private @Nullable LocalDate wantedDate(ZoneId zone) {
        return wanted == null ? null : LocalDate.ofInstant(wanted, zone);
    }

    private String zoneIfOther(ZoneId zone) {
        return home == null || home.equals(zone) ? "" : " (" + zone.getDisplayName(TextStyle.FULL, locale) + ")";
    }

    private String fill(Rule rule, String variant, Object... values) {
        return phrases.of("refusal." + rule.name() + variant, values);
    }
}
