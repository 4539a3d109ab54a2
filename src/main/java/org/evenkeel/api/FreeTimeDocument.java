package org.evenkeel.api;

import org.evenkeel.session.FreeTime;

/** A time that can be booked as it stands. */
public record FreeTimeDocument(String start, int minutes, Ref therapist, Ref room, Ref site) {

    static FreeTimeDocument of(FreeTime time) {
        return new FreeTimeDocument(
                SessionDocument.time(time.start(), time.zone()),
                time.minutes(),
                Ref.of(time.therapist()),
                Ref.of(time.room()),
                Ref.of(time.site()));
    }
}
