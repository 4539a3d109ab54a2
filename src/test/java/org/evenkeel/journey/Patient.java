package org.evenkeel.journey;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import org.evenkeel.testing.RunningServer;

/** A patient of the demo clinic. Each journey has one of its own, so that none is in another's way. */
record Patient(long id, String name, String recordNumber) {

    static Patient of(RunningServer server, String recordNumber) {
        JsonObject found = Api.read(server, "/api/patients?search=" + recordNumber)
                .getJsonArray("items")
                .getJsonObject(0);
        assertTrue(found.getBoolean("bookable"), recordNumber);
        return new Patient(found.getInt("id"), found.getString("name"), recordNumber);
    }
}
