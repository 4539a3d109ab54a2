package org.evenkeel.api;

import org.evenkeel.session.FreeTime;

/** Someone or something, by id and name. */
public record Ref(long id, String name) {

    static Ref of(FreeTime.Ref ref) {
        return new Ref(ref.id(), ref.name());
    }
}
