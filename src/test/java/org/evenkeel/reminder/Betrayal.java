package org.evenkeel.reminder;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** The words that would say, or let guess, what a centre treats. */
public final class Betrayal {
    private static final List<String> WORDS = List.of(
            "drug",
            "alcohol",
            "addict",
            "recover",
            "detox",
            "rehab",
            "counsel",
            "therap",
            "clinic",
            "treatment",
            "patient",
            "group",
            "cbt",
            "dbt",
            "emdr",
            "session",
            "program",
            "sober",
            "substance",
            "health",
            "evenkeel",
            "droga",
            "adicc",
            "recuper",
            "desintox",
            "consejer",
            "terap",
            "tratamiento",
            "paciente",
            "grupo",
            "sesion",
            "sobri",
            "sustancia",
            "salud");

    private Betrayal() {}

    /** Those that are in a text, without regard to case and accents. */
    public static List<String> in(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT);
        return WORDS.stream().filter(plain::contains).toList();
    }
}
