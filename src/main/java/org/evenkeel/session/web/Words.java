package org.evenkeel.session.web;

import java.time.Instant;
import java.time.ZoneId;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.session.RefusalTexts;
import org.evenkeel.session.Refused;
import org.evenkeel.shared.Phrases;

/** Texts of the bundle in the language of the page; in English where there is no page. */
final class Words {

    private Words() {}

    static String text(String key, Object... values) {
        return Phrases.in(Formats.locale()).of(key, values);
    }

    /** Refusals as a reader at a site is told them who has asked for a time. */
    static RefusalTexts refusals(Instant wanted, ZoneId zone) {
        return RefusalTexts.in(Formats.locale(), wanted, zone);
    }

    /** Refusals as a reader is told them of whom no more is known. */
    static String of(Refused refused) {
        return RefusalTexts.in(Formats.locale()).of(ShownRefusals.of(refused));
    }
}
