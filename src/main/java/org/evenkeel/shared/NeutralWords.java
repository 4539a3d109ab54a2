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

    /** Short names of therapies, and titles of those who give them, as whole words. */
    private static final Pattern CODES = Pattern.compile("\\b(CBT|DBT|EMDR|MAT|AA|NA|CADC|LADC|LCADC|CASAC|LCDC)\\b");

    /** What betrays wherever it stands: names and addresses run words together. Nothing that stands in a neutral word ("individual"). */
    private static final Pattern ANYWHERE = Pattern.compile(
            "abstinen|addict|adicc|alcoh|clinic|consejer|counsel|desintox|detox|methadon|narcot|outpatient|psych|recover|recuper"
                    + "|rehab|relapse|sobriety|suboxon|terap|therap|treatment");

    private static final Pattern ACCENTS = Pattern.compile("\\p{M}");

    private NeutralWords() {}

    /** The first word in a text that betrays; empty if the text is neutral. */
    public static Optional<String> betrays(String text) {
        String plain = plain(text);
        return first(STEMS, plain.toLowerCase(Locale.ROOT)).or(() -> first(CODES, plain));
    }

    /** The same for a name or an address that leaves the house, such as {@code visits@hoperecovery.org}. */
    public static Optional<String> betraysInName(String name) {
        return betrays(name).or(() -> first(ANYWHERE, plain(name).toLowerCase(Locale.ROOT)));
    }

    private static String plain(String text) {
        return ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }
}
