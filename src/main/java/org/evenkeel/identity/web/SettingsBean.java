package org.evenkeel.identity.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.evenkeel.identity.Setting;
import org.evenkeel.identity.Settings;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.shared.Difference;
import org.evenkeel.shared.Invalid;
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
    private List<Difference> changes = List.of();
    private final Set<String> contested = new HashSet<>();

    @SuppressWarnings("NullAway.Init")
    protected SettingsBean() {}

    @Inject
    public SettingsBean(Settings settings, SignedIn signedIn) {
        this.settings = settings;
        this.signedIn = signedIn;
    }

    public void open() {
        read = settings.allToChange(signedIn.actor());
        read.forEach((setting, value) -> values.put(setting.name(), value));
    }

    public @Nullable String save() {
        try {
            settings.change(signedIn.actor(), read, typed());
            Notices.done("identity.settings.saved");
            return "/identity/settings?faces-redirect=true";
        } catch (Invalid e) {
            Notices.invalid(e);
        } catch (Stale e) {
            reconcile(typed());
        }
        return null;
    }

    private Map<Setting, String> typed() {
        Map<Setting, String> typed = new EnumMap<>(Setting.class);
        values.forEach((name, value) -> typed.put(Setting.valueOf(name), value));
        return typed;
    }

    /** What the user has typed stays; what they left alone follows the others. */
    private void reconcile(Map<Setting, String> typed) {
        Map<Setting, String> now = settings.allToChange(signedIn.actor());
        changes = getAll().stream()
                .filter(s -> !Objects.equals(now.get(s), read.get(s)))
                .map(s -> new Difference(s.name(), read.get(s), now.get(s)))
                .toList();
        contested.clear();
        typed.forEach((setting, value) -> {
            String theirs = now.getOrDefault(setting, value);
            if (value.equals(read.get(setting))) {
                values.put(setting.name(), theirs);
            } else if (!theirs.equals(read.get(setting)) && !theirs.equals(value.strip())) {
                contested.add(setting.name());
            }
        });
        read = now;
        Notices.again("form.stale");
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
        return changes;
    }

    /** Whether the user has typed something else where somebody else has set something, so that saving again overwrites it. */
    public boolean isContested(String setting) {
        return contested.contains(setting);
    }

    /** A value of a setting in words. */
    public String words(String setting, Object value) {
        return Setting.valueOf(setting).isFlag() ? Notices.text("form." + value) : value.toString();
    }
}
