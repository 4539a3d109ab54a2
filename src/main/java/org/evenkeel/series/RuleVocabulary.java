package org.evenkeel.series;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The words in which another language than English says when a series takes place: {@code rule_es.properties} beside this class has
 * {@code monday=lunes}, and several of another language with commas between. Accents may be left out.
 */
final class RuleVocabulary {
    private static final Map<String, RuleVocabulary> KNOWN = new ConcurrentHashMap<>();

    /** English by what it is called, the longest first: "de la tarde" comes before "de". */
    private final Map<String, String> english = new LinkedHashMap<>();

    private RuleVocabulary(String language) {
        Properties words = new Properties();
        try (InputStream file = RuleVocabulary.class.getResourceAsStream("rule_" + language + ".properties")) {
            if (file != null) {
                words.load(new InputStreamReader(file, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> all = new LinkedHashMap<>();
        words.stringPropertyNames().forEach(word -> {
            for (String other : words.getProperty(word).split(",", -1)) {
                all.put(plain(other.strip()), word);
            }
        });
        all.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .forEach(other -> english.put(other, all.getOrDefault(other, other)));
    }

    /** Of English, and where there is no file: all words stay as they are. */
    static RuleVocabulary of(Locale locale) {
        return KNOWN.computeIfAbsent(locale.getLanguage(), RuleVocabulary::new);
    }

    /** Words it does not know stay as they are. */
    String inEnglish(String words) {
        String rest = plain(words);
        StringBuilder told = new StringBuilder();
        while (!rest.isEmpty()) {
            String left = rest;
            String known = english.keySet().stream()
                    .filter(other -> begins(left, other))
                    .findFirst()
                    .orElse("");
            int end = known.isEmpty() ? endOfWord(rest) : known.length();
            told.append(known.isEmpty() ? rest.substring(0, end) : english.get(known))
                    .append(' ');
            rest = rest.substring(end).strip();
        }
        return told.toString().strip();
    }

    private static boolean begins(String words, String other) {
        return words.startsWith(other) && endOfWord(words.substring(other.length())) == 0;
    }

    /** Where its first blank is, or its end. */
    private static int endOfWord(String words) {
        int blank = words.indexOf(' ');
        return blank < 0 ? words.length() : blank;
    }

    private static String plain(String words) {
        return Normalizer.normalize(words.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .replaceAll("[,;&.]", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
