package org.evenkeel.journey;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.evenkeel.testing.RunningServer;

/** A session that was booked through the API for a journey to begin with. */
record Booked(long id, FreeTime time, Patient patient) {

    static Booked book(RunningServer server, FreeTime time, Patient patient) {
        JsonObject session = Json.createObjectBuilder()
                .add("modality", time.modality())
                .add("start", time.start().toString())
                .add("minutes", time.minutes())
                .add("therapist", time.therapistId())
                .add("room", time.roomId())
                .add("patients", Json.createArrayBuilder().add(patient.id()))
                .build();
        return new Booked(Api.create(server, "/api/sessions", session).getInt("id"), time, patient);
    }
}
