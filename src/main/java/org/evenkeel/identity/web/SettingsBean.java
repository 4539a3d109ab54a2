package org.evenkeel.identity.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.evenkeel.identity.Setting;
import org.evenkeel.identity.Settings;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.shared.Invalid;
import org.jspecify.annotations.Nullable;

/** The page of the centre's settings. */
@Named("centreSettings")
@RequestScoped
public class SettingsBean {
    private final Settings settings;
    private final SignedIn signedIn;
    private final Map<String, String> values = new HashMap<>();

    @Inject
    public SettingsBean(Settings settings, SignedIn signedIn) {
        this.settings = settings;
        this.signedIn = signedIn;
    }

    @SuppressWarnings("NullAway")
    protected SettingsBean() {
        this(null, null);
    }

    public void open() {
        settings.allToChange(signedIn.actor()).forEach((setting, value) -> values.put(setting.name(), value));
    }

    public @Nullable String save() {
        try {
            Map<Setting, String> typed = new EnumMap<>(Setting.class);
            values.forEach((name, value) -> typed.put(Setting.valueOf(name), value));
            settings.change(signedIn.actor(), typed);
            Notices.done("identity.settings.saved");
            return "/identity/settings?faces-redirect=true";
        } catch (Invalid e) {
            Notices.invalid(e);
            return null;
        }
    }

    public List<Setting> getAll() {
        return Arrays.asList(Setting.values());
    }

    /** By the names of the settings. */
    public Map<String, String> getValues() {
        return values;
    }
}
