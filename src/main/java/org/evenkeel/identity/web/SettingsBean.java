package org.evenkeel.identity.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.identity.Setting;
import org.evenkeel.identity.Settings;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.shared.Difference;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Reconciled;
import org.evenkeel.shared.Stale;
import org.jspecify.annotations.Nullable;

/**
 * The page of the centre's settings. What the user has left alone is not saved, so two who set different things are not in each other's
 * way; who sets what another has just set is told.
 */
@Named("centreSettings")
@ViewScoped
public class SettingsBean implements Serializable {
    private static final long serialVersionUID = 1L;

    private transient Settings settings;
    private transient SignedIn signedIn;

    private Map<Setting, String> read = Map.of();
    private final Map<String, String> values = new HashMap<>();
    private @Nullable Reconciled<Map<String, String>> late;

    @SuppressWarnings("NullAway.Init")
    protected SettingsBean() {}

    @Inject
    public SettingsBean(Settings settings, SignedIn signedIn) {
        this.settings = settings;
        this.signedIn = signedIn;
    }

    public void open() {
        read = settings.allToChange(signedIn.actor());
        values.putAll(byName(read));
    }

    public @Nullable String save() {
        values.replaceAll((name, value) -> value.strip());
        try {
            settings.change(signedIn.actor(), read, typed());
            Notices.done("identity.settings.saved");
            return "/identity/settings?faces-redirect=true";
        } catch (Invalid e) {
            Notices.invalid(e);
        } catch (Stale e) {
            reconcile();
        }
        return null;
    }

    private Map<Setting, String> typed() {
        Map<Setting, String> typed = new EnumMap<>(Setting.class);
        values.forEach((name, value) -> typed.put(Setting.valueOf(name), value));
        return typed;
    }

    private void reconcile() {
        Map<Setting, String> now = settings.allToChange(signedIn.actor());
        Reconciled<Map<String, String>> both = Reconciled.of(byName(read), values, byName(now));
        read = now;
        values.putAll(both.details());
        late = both;
        Notices.again("form.stale");
    }

    private static Map<String, String> byName(Map<Setting, String> settings) {
        Map<String, String> byName = new LinkedHashMap<>();
        settings.forEach((setting, value) -> byName.put(setting.name(), value));
        return byName;
    }

    public List<Setting> getAll() {
        return Arrays.asList(Setting.values());
    }

    /** By the names of the settings. */
    public Map<String, String> getValues() {
        return values;
    }

    /** What somebody else has set since the page was opened; empty unless saving was refused for it. */
    public List<Difference> getChanges() {
        return late == null ? List.of() : late.changes();
    }

    /** Whether the user has typed something else where somebody else has set something, so that saving again overwrites it. */
    public boolean isContested(String setting) {
        return late != null && late.contested().contains(setting);
    }

    /** A value of a setting in words. */
    public String words(String setting, Object value) {
        return Setting.valueOf(setting).isFlag() ? Notices.text("form." + value) : value.toString();
    }
}
