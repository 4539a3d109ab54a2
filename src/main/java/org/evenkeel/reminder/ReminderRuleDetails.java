package org.evenkeel.reminder;

import java.io.Serializable;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Text;
import org.jspecify.annotations.Nullable;

/**
 * What the clinical lead says of a rule.
 *
 * @param leads minutes before the start, for {@link Occasion#BEFORE} alone
 * @param modalityId sessions of this modality only; null: of any
 * @param format individual or group sessions only; null: both
 * @param channels the preferred one first; the next is taken where a patient cannot be reached by it
 * @param template the name of the texts, see {@link Texts}
 * @throws Invalid about the field that cannot be meant
 */
public record ReminderRuleDetails(
        String name,
        Occasion occasion,
        SortedSet<Integer> leads,
        @Nullable Long modalityId,
        @Nullable Format format,
        List<Channel> channels,
        String template,
        boolean active)
        implements Serializable {

    /** Whether sessions are for one patient or for several. */
    public enum Format {
        INDIVIDUAL,
        GROUP
    }

    static final int LEAST_LEAD = 5;
    static final int MOST_LEAD = 14 * 24 * 60;
    private static final int MOST_LEADS = 5;

    public ReminderRuleDetails {
        name = Text.required("name", "name", name, 80);
        leads = new TreeSet<>(leads);
        channels = channels.stream().distinct().toList();
        if (occasion != Occasion.BEFORE) {
            leads.clear();
        } else if (leads.isEmpty() || leads.size() > MOST_LEADS) {
            throw new Invalid("leads", "invalid.reminder.leadCount", MOST_LEADS);
        } else if (leads.first() < LEAST_LEAD || leads.last() > MOST_LEAD) {
            throw new Invalid("leads", "invalid.reminder.leadRange");
        }
        if (channels.isEmpty()) {
            throw new Invalid("channels", "invalid.reminder.noChannel");
        }
        if (!Texts.TEMPLATES.contains(template)) {
            throw new Invalid("template", "invalid.reminder.noTemplate", template);
        }
    }

    ReminderRuleDetails switchedTo(boolean nowActive) {
        return new ReminderRuleDetails(name, occasion, leads, modalityId, format, channels, template, nowActive);
    }
}
