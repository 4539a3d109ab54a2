package org.evenkeel.api;

import org.evenkeel.testing.Database;
import org.evenkeel.testing.OwnServer;

/** The races of the API on H2. */
@OwnServer
class ApiRacesOnH2IT extends ApiRaces {

    ApiRacesOnH2IT() {
        super(Database.H2);
    }
}
