package org.evenkeel.therapist;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NeutralWords;
import org.evenkeel.shared.Text;

/**
 * What a form says about a therapist; working hours and time off are kept apart from it, since others may change them.
 *
 * @param title such as "Dr", or ""
 * @param languages tags such as "en", sorted
 * @param qualifications sorted by modality and day
 * @throws Invalid if something is missing or too long, or if qualifications overlap or end before they start
 */
public record TherapistDetails(
        String title,
        String givenName,
        String familyName,
        Therapist.Gender gender,
        List<String> languages,
        List<Qualified> qualifications,
        boolean active)
        implements Serializable {

    public TherapistDetails {
        title = Text.optional("title", "title", title, 20);
        givenName = Text.required("givenName", "givenName", givenName, 80);
        familyName = Text.required("familyName", "familyName", familyName, 80);
        languages = languages.stream().distinct().sorted().toList();
        qualifications = qualifications.stream()
                .sorted(Comparator.comparing(Qualified::modalityId).thenComparing(Qualified::validFrom))
                .toList();
        for (int i = 0; i < qualifications.size(); i++) {
            Qualified one = qualifications.get(i);
            if (one.validTo() != null && one.validTo().isBefore(one.validFrom())) {
                throw new Invalid("qualifications", "invalid.therapist.qualificationOrder", one.inWords());
            }
            if (i > 0 && one.overlaps(qualifications.get(i - 1))) {
                throw new Invalid(
                        "qualifications",
                        "invalid.therapist.qualificationOverlap",
                        qualifications.get(i - 1).inWords(),
                        one.inWords());
            }
        }
    }

    /** Messages to patients who have agreed to names tell the title, and say no word of why somebody comes. What is on record may be read. */
    void refuseBetrayal() {
        NeutralWords.betrays(title).ifPresent(word -> {
            throw new Invalid("title", "invalid.therapist.betrays", word);
        });
    }

    /** "Dr Lee", or "Jin Lee" for one without a title. */
    public String displayName() {
        return Therapist.displayName(title, givenName, familyName);
    }
}
