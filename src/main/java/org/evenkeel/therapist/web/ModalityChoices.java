package org.evenkeel.therapist.web;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import org.evenkeel.identity.Actor;
import org.evenkeel.modality.ModalityRegister;
import org.evenkeel.modality.ModalityRow;

/** The modalities, as the pages of therapists need them. */
final class ModalityChoices {
    private static final int ALL = 500;

    private ModalityChoices() {}

    static List<ModalityRow> all(ModalityRegister register, Actor actor) {
        return register.list(actor, 0, ALL).items();
    }

    /** Their codes by id. */
    static Map<Long, String> codes(ModalityRegister register, Actor actor) {
        return all(register, actor).stream()
                .collect(toMap(ModalityRow::id, row -> row.details().code()));
    }
}
