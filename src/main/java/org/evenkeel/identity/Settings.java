package org.evenkeel.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.audit.AuditTrail;
import org.evenkeel.audit.Gate;
import org.evenkeel.shared.DatabaseErrors;
import org.evenkeel.shared.Sql;
import org.evenkeel.shared.Stale;
import org.evenkeel.shared.Transactions;
import org.jspecify.annotations.Nullable;

/** The settings of the centre, which an administrator changes. Read with one query, and again when what was read is two seconds old. */
@ApplicationScoped
public class Settings {
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final EntityManager entities;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final Gate gate;
    private final Clock clock;

    private volatile @Nullable Read last;

    @Inject
    public Settings(EntityManager entities, Transactions transactions, AuditTrail audit, Gate gate, Clock clock) {
        this.entities = entities;
        this.transactions = transactions;
        this.audit = audit;
        this.gate = gate;
        this.clock = clock;
    }

    @SuppressWarnings("NullAway")
    protected Settings() {
        this(null, null, null, null, null);
    }

    /** All settings, set or not. */
    public Map<Setting, String> all() {
        Instant now = clock.instant();
        Read read = last;
        if (read == null || now.isBefore(read.at()) || !now.isBefore(read.at().plus(FRESH))) {
            read = new Read(now, stored());
            last = read;
        }
        return read.values();
    }

    /** All settings as they stand, for whoever may change them. */
    public Map<Setting, String> allToChange(Actor actor) {
        gate.require(actor, "change settings", Role.ADMIN);
        return stored();
    }

    public int number(Setting setting) {
        return Integer.parseInt(text(setting));
    }

    public String text(Setting setting) {
        String value = all().get(setting);
        return value == null ? setting.initial() : value;
    }

    /** From how many hours before the start a cancellation is a late one. */
    public int lateCancellationHours() {
        return number(Setting.LATE_CANCELLATION_HOURS);
    }

    /** How many sessions a therapist may have one after the other before it takes a reason. */
    public int sessionsInARow() {
        return number(Setting.SESSIONS_IN_A_ROW);
    }

    /** For how many seconds a change may be undone. */
    public int undoSeconds() {
        return number(Setting.UNDO_SECONDS);
    }

    /** Whether calendars on therapists' own devices show initials. */
    public boolean feedsShowInitials() {
        return isOn(Setting.FEED_INITIALS);
    }

    private boolean isOn(Setting setting) {
        return text(setting).equals("yes");
    }

    public String centreName() {
        return text(Setting.CENTRE_NAME);
    }

    /**
     * Sets them, all or none; those that are as they were read stay as they are now.
     *
     * @param read as the user saw them
     * @throws org.evenkeel.shared.Invalid about the name of a setting whose value is out of bounds
     * @throws Stale if somebody else has set one of those that the user changed (acceptance case A22)
     */
    public void change(Actor actor, Map<Setting, String> read, Map<Setting, String> values) {
        gate.require(actor, "change settings", Role.ADMIN);
        Map<Setting, String> checked = new EnumMap<>(Setting.class);
        values.forEach((setting, value) -> checked.put(setting, setting.checked(value)));
        checked.entrySet().removeIf(one -> one.getValue().equals(read.get(one.getKey())));
        transactions.runInNew(() -> {
            Map<Setting, String> before = stored();
            checked.forEach((setting, value) -> {
                String was = before.getOrDefault(setting, setting.initial());
                if (!value.equals(was)) {
                    if (!was.equals(read.get(setting))) {
                        throw new Stale(setting.key(), -1);
                    }
                    store(setting, was, value);
                    audit.record(actor, entry(setting, was, value));
                }
            });
        });
        last = null;
    }

    private Map<Setting, String> stored() {
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            values.put(setting, setting.initial());
        }
        List<?> rows = entities.createNativeQuery("select name, setting_value from setting")
                .getResultList();
        for (Object row : rows) {
            Object[] columns = (Object[]) row;
            Setting.ofKey((String) columns[0]).ifPresent(setting -> values.put(setting, (String) columns[1]));
        }
        return Map.copyOf(values);
    }

    /** @throws Stale if it is no longer as it was a moment ago */
    private void store(Setting setting, String before, String value) {
        int changed = Sql.on(entities)
                .add(
                        "update setting set setting_value = ? where name = ? and setting_value = ?",
                        value,
                        setting.key(),
                        before)
                .update();
        if (changed == 0) {
            try {
                Sql.on(entities)
                        .add("insert into setting (name, setting_value) values (?, ?)", setting.key(), value)
                        .update();
            } catch (RuntimeException e) {
                throw DatabaseErrors.isDuplicateKey(e) ? new Stale(setting.key(), -1) : e;
            }
        }
    }

    private static AuditTrail.Entry entry(Setting setting, @Nullable String before, String after) {
        String detail =
                setting.isNumber() || setting.isFlag() ? setting.key() + " " + before + " -> " + after : setting.key();
        return new AuditTrail.Entry("CHANGED", "admin/settings", "setting", List.of(), List.of(), "OK", detail);
    }

    private record Read(Instant at, Map<Setting, String> values) {}
}
