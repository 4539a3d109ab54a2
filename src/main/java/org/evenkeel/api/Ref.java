package org.evenkeel.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.evenkeel.session.FreeTime;

/** Someone or something, by id and name. */
@Schema(name = "Ref", description = "Someone or something, by id and name")
public record Ref(@Schema(examples = "57") long id, @Schema(examples = "Dr Lee") String name) {

    static Ref of(FreeTime.Ref ref) {
        return new Ref(ref.id(), ref.name());
    }
}
