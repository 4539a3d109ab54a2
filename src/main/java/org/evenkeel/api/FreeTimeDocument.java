package org.evenkeel.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.evenkeel.session.FreeTime;

/** A time that can be booked as it stands. */
@Schema(name = "FreeTime", description = "A time that can be booked as it stands")
public record FreeTimeDocument(
        @Schema(
                        description = "With the offset of the site",
                        format = "date-time",
                        examples = "2027-03-16T16:00:00-04:00")
                String start,
        @Schema(examples = "60") int minutes,
        Ref therapist,
        Ref room,
        Ref site) {

    static FreeTimeDocument of(FreeTime time) {
        return new FreeTimeDocument(
                SessionDocument.time(time.start(), time.zone()),
                time.minutes(),
                Ref.of(time.therapist()),
                Ref.of(time.room()),
                Ref.of(time.site()));
    }
}
