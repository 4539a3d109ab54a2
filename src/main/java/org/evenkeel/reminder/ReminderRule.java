package org.evenkeel.reminder;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which sessions are told of, on which occasion, how long before, by which channels and in which words. The clinical lead edits them. */
@Entity
@Table(name = "reminder_rule")
class ReminderRule {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "reminder_rule_seq")
    @SequenceGenerator(name = "reminder_rule_seq", sequenceName = "reminder_rule_seq", allocationSize = 50)
    private long id;

    private String name;

    @Enumerated(EnumType.STRING)
    private Occasion occasion;

    @Column(name = "modality_id")
    private @Nullable Long modalityId;

    @Enumerated(EnumType.STRING)
    private ReminderRuleDetails.@Nullable Format format;

    /** Names of channels, the preferred one first, separated by commas. */
    private String channels;

    private String template;
    private boolean active;

    /** What happened before is none of its business. */
    private Instant since;

    @ElementCollection
    @CollectionTable(name = "reminder_lead", joinColumns = @JoinColumn(name = "rule_id"))
    @Column(name = "minutes")
    private Set<Integer> leads = new HashSet<>();

    @Version
    private long version;

    @SuppressWarnings("NullAway.Init")
    protected ReminderRule() {}

    @SuppressWarnings("NullAway.Init")
    ReminderRule(ReminderRuleDetails details, Instant now) {
        since = now;
        describe(details, now);
    }

    /** A rule that is switched on looks at what happens from then on. */
    void describe(ReminderRuleDetails details, Instant now) {
        if (!active && details.active()) {
            since = now;
        }
        name = details.name();
        occasion = details.occasion();
        modalityId = details.modalityId();
        format = details.format();
        channels = details.channels().stream().map(Channel::name).collect(Collectors.joining(","));
        template = details.template();
        active = details.active();
        leads.retainAll(details.leads());
        leads.addAll(details.leads());
    }

    long id() {
        return id;
    }

    long version() {
        return version;
    }

    ReminderRuleDetails details() {
        return new ReminderRuleDetails(
                name, occasion, new TreeSet<>(leads), modalityId, format, channelsOf(channels), template, active);
    }

    /** From what the column holds. */
    static List<Channel> channelsOf(String column) {
        return Arrays.stream(column.split(",")).map(Channel::valueOf).toList();
    }

    @Override
    public String toString() {
        return "ReminderRule " + id;
    }
}
