package org.evenkeel.digest;

import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.evenkeel.session.SessionView;
import org.evenkeel.shared.Initials;
import org.evenkeel.shared.Phrases;

/** The words of a digest: how many appointments, when, and with whom by initials; of a larger circle, how many. */
final class DigestText {
    private static final String OWN_ACCOUNT = "/identity/account";
    private static final int NAMED = 3;

    private DigestText() {}

    static String subject(List<SessionView> sessions, String language) {
        return filled(language, "digest.mail.subject", sessions.size());
    }

    /** @param sessions by start; not empty */
    static String body(List<SessionView> sessions, String language, String publicAddress) {
        Locale locale = Locale.forLanguageTag(language);
        SessionView first = sessions.get(0);
        String date = DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL)
                .withLocale(locale)
                .format(first.slot().start().atZone(first.site().zone()));
        String head = filled(
                language,
                "digest.mail.first",
                date,
                filled(language, "digest.mail.appointments", sessions.size()),
                time(first, locale));
        String lines = sessions.stream()
                .map(session -> time(session, locale) + "  " + who(session))
                .collect(Collectors.joining("\n"));
        return head + "\n\n" + lines + "\n\n" + filled(language, "digest.mail.footer", publicAddress + OWN_ACCOUNT)
                + "\n";
    }

    private static String time(SessionView session, Locale locale) {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(locale)
                .format(session.slot().start().atZone(session.site().zone()));
    }

    private static String who(SessionView session) {
        int coming = session.participants().size();
        return coming == 0 || coming > NAMED
                ? "(" + coming + ")"
                : session.participants().stream()
                        .map(p -> Initials.of(p.name()))
                        .collect(Collectors.joining(", "));
    }

    private static String filled(String language, String key, Object... values) {
        return Phrases.in(Locale.forLanguageTag(language)).of(key, values);
    }
}
