package org.evenkeel.api;

import java.util.List;
import org.evenkeel.therapist.Therapist;
import org.jspecify.annotations.Nullable;

/** A page of therapists. */
public record TherapistList(List<Item> items, @Nullable String next) {

    /** A therapist. */
    public record Item(
            long id,
            String name,
            String givenName,
            String familyName,
            Therapist.Gender gender,
            List<String> languages,
            List<String> modalities,
            boolean active) {}
}
