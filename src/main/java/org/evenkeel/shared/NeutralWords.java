package org.evenkeel.shared;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words that say or imply what a centre treats, in English and Spanish: none of them may stand in what leaves the house for a
 * patient (acceptance case A46).
 */
public final class NeutralWords {

    /** Beginnings of words, without accents. */
    private static final Pattern STEMS = Pattern.compile(
            "\\b(abstinen|addict|adicc|adict|aftercare|alcoh|behavioral|behavioural|buprenorph|buprenorf|clean and sober|clinic"
                    + "|cocain|conductual|consejer|counsel|craving|dependenc|depression|depresion|desintox|detox|diagnos|droga|drug|dual"
                    + "|group|grupo|heroin|intake|medicat|medicin|mental|metadon|methadon|naltrex|narcot|opiat|opiac|opio|overdos|patient"
                    + "|pacient|psic|psiq|psych|program|recaid|recover|recuper|rehab|relapse|sesion|session|sobri|sober|sobredos|suboxon"
                    + "|substance|sustancia|terap|therap|trauma|tratamien|treatment|withdrawal)\\p{Alnum}*");

    /** Short names of therapies, as whole words. */
    private static final Pattern CODES = Pattern.compile("\\b(CBT|DBT|EMDR|MAT|AA|NA)\\b");

    private static final Pattern ACCENTS = Pattern.compile("\\p{M}");

    private NeutralWords() {}

    /** The first word in a text that betrays; empty if the text is neutral. */
    public static Optional<String> betrays(String text) {
        String plain =
                ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
        return first(STEMS, plain.toLowerCase(Locale.ROOT)).or(() -> first(CODES, plain));
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }
}
