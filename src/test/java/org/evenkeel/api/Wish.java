package org.evenkeel.api;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Bodies of bookings for the demo clinic, which has no sessions beyond the next four weeks. */
public final class Wish {

    private Wish() {}

    /** The address of free times for individual counseling on days that the demo data leave empty. */
    static String freeTimes(String more) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return "/api/free-times?modality=IND&minutes=50&from=" + today.plusDays(45) + "&to=" + today.plusDays(75)
                + more;
    }

    /** A time that is free now, for that patient too. */
    static JsonObject freeTime(Client client, long patient) {
        return client.get(freeTimes("&limit=1&patient=" + patient))
                .is(200)
                .items()
                .get(0);
    }

    /** The wish for a free time as it stands. */
    public static JsonObjectBuilder of(JsonObject freeTime, long patient) {
        return anywhere(freeTime, patient).add("room", id(freeTime, "room"));
    }

    /** The same in whatever room fits and is free. */
    public static JsonObjectBuilder anywhere(JsonObject freeTime, long patient) {
        JsonArrayBuilder patients = Json.createArrayBuilder().add(patient);
        return Json.createObjectBuilder()
                .add("modality", "IND")
                .add("start", freeTime.getString("start"))
                .add("minutes", freeTime.getInt("minutes"))
                .add("therapist", id(freeTime, "therapist"))
                .add("patients", patients);
    }

    public static long id(JsonObject outer, String name) {
        return outer.getJsonObject(name).getJsonNumber("id").longValueExact();
    }

    /** Patients who can be booked, as the lead sees them. */
    public static List<Long> patients(Client lead) {
        return lead.get("/api/patients?limit=500").is(200).items().stream()
                .filter(patient -> patient.getBoolean("bookable"))
                .map(patient -> patient.getJsonNumber("id").longValueExact())
                .toList();
    }
}
