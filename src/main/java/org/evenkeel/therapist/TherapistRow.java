package org.evenkeel.therapist;

import java.util.List;

/**
 * A therapist as lists show them.
 *
 * @param languages tags
 * @param modalityIds what they are, or will be, or were qualified for
 */
public record TherapistRow(
        long id,
        String displayName,
        String familyName,
        String givenName,
        Therapist.Gender gender,
        List<String> languages,
        List<Long> modalityIds,
        boolean active) {}
