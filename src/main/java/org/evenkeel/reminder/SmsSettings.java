package org.evenkeel.reminder;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.evenkeel.patient.PhoneNumbers;
import org.evenkeel.platform.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the provider of text messages, in the form of Twilio's {@code Messages.json}.
 *
 * @param url where messages are posted to
 * @param account for basic authentication, with the token
 * @param token the secret that we share with the provider; by it callbacks are signed too
 * @param from the number, or the name of a messaging service, that messages come from
 * @param phones how numbers are written
 * @param callback where the provider tells what has become of a message; null: nowhere
 * @param patience how long to wait for an answer
 */
record SmsSettings(
        URI url,
        String account,
        String token,
        String from,
        PhoneNumbers phones,
        @Nullable String callback,
        Duration patience) {

    private static final Duration USUAL = Duration.ofSeconds(20);

    /**
     * What the operator has set; empty if there is no provider.
     *
     * @throws IllegalStateException telling the operator what to set
     */
    static Optional<SmsSettings> of(Configuration configuration) {
        return configuration
                .text("sms.url")
                .map(url -> new SmsSettings(
                        URI.create(url),
                        required(configuration, "sms.account"),
                        required(configuration, "sms.token"),
                        required(configuration, "sms.from"),
                        PhoneNumbers.of(configuration),
                        configuration
                                .text("public.address")
                                .map(set -> configuration.publicAddress() + SmsCallbacks.STATUS)
                                .orElse(null),
                        USUAL));
    }

    private static String required(Configuration configuration, String name) {
        return configuration
                .text(name)
                .orElseThrow(() -> new IllegalStateException(name + " is not set, and sms.url is"));
    }

    /** Secrets stay out of logs. */
    @Override
    public String toString() {
        return "SmsSettings " + url.getHost();
    }
}
