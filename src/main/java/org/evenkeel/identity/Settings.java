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

    /** All settings, for whoever may change them. */
    public Map<Setting, String> allToChange(Actor actor) {
        gate.require(actor, "change settings", Role.ADMIN);
        return all();
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
     * Sets them, all or none.
     *
     * @throws org.evenkeel.shared.Invalid about the name of a setting whose value is out of bounds
     */
    public void change(Actor actor, Map<Setting, String> values) {
        gate.require(actor, "change settings", Role.ADMIN);
        Map<Setting, String> checked = new EnumMap<>(Setting.class);
        values.forEach((setting, value) -> checked.put(setting, setting.checked(value)));
        transactions.runInNew(() -> {
            Map<Setting, String> before = stored();
            checked.forEach((setting, value) -> {
                if (!value.equals(before.get(setting))) {
                    store(setting, value);
                    audit.record(actor, entry(setting, before.get(setting), value));
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

    private void store(Setting setting, String value) {
        int changed = entities.createNativeQuery("update setting set setting_value = ?1 where name = ?2")
                .setParameter(1, value)
                .setParameter(2, setting.key())
                .executeUpdate();
        if (changed == 0) {
            entities.createNativeQuery("insert into setting (name, setting_value) values (?1, ?2)")
                    .setParameter(1, setting.key())
                    .setParameter(2, value)
                    .executeUpdate();
        }
    }

    private static AuditTrail.Entry entry(Setting setting, @Nullable String before, String after) {
        String detail =
                setting.isNumber() || setting.isFlag() ? setting.key() + " " + before + " -> " + after : setting.key();
        return new AuditTrail.Entry("CHANGED", "admin/settings", "setting", List.of(), List.of(), "OK", detail);
    }

    private record Read(Instant at, Map<Setting, String> values) {}
}
