package org.evenkeel.modality;

import static org.evenkeel.modality.Modality.Format.BOTH;
import static org.evenkeel.modality.Modality.Format.GROUP;
import static org.evenkeel.modality.Modality.Format.INDIVIDUAL;

import java.util.List;

/** The therapies that most treatment centres give: the demo clinic has them, and an empty installation may add them at once. */
public final class StandardModalities {

    public static final List<ModalityDetails> ALL = List.of(
            individual("IND", "Individual counseling", 50, "Licensed counselor", 0),
            group("GRP", "Group counseling", 90, "Licensed counselor", 1),
            both("CBT", "Cognitive behavioral therapy (CBT)", 50, "CBT practitioner", 2),
            both("DBT", "Dialectical behavioral therapy (DBT)", 60, "DBT practitioner", 3),
            both("DUAL", "Dual-diagnosis treatment", 50, "Dual-diagnosis clinician", 4),
            both("HOL", "Holistic therapy", 60, "", 5),
            individual("EMDR", "Eye movement desensitization and reprocessing (EMDR)", 80, "EMDR therapist", 6),
            group("EDU", "Addiction education", 60, "", 7),
            both("RPP", "Relapse-prevention planning", 50, "Licensed counselor", 8),
            individual("MAT", "Medication-assisted treatment (MAT)", 20, "MAT prescriber", 9),
            both("STRESS", "Stress management", 60, "", 10),
            group("SUPPORT", "Support group", 90, "", 11),
            individual("FAMILY", "Family session", 60, "Family therapist", 1),
            individual("WELL", "Wellness planning", 30, "", 5));

    private StandardModalities() {}

    private static ModalityDetails individual(String code, String name, int minutes, String qualification, int colour) {
        return new ModalityDetails(code, name, INDIVIDUAL, minutes, 1, 1, qualification, colour, true);
    }

    private static ModalityDetails group(String code, String name, int minutes, String qualification, int colour) {
        return new ModalityDetails(code, name, GROUP, minutes, 10, 3, qualification, colour, true);
    }

    private static ModalityDetails both(String code, String name, int minutes, String qualification, int colour) {
        return new ModalityDetails(code, name, BOTH, minutes, 8, 1, qualification, colour, true);
    }
}
