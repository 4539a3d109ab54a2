package org.evenkeel.api;

import java.util.Locale;
import org.evenkeel.session.Refusal;

final class Words {
    private Words() {}

    static String render(Refusal refusal, Locale locale) {
        return (refusal.who() + " " + refusal.rule().name().replace('_', ' ').toLowerCase(locale)).strip() + ".";
    }
}
