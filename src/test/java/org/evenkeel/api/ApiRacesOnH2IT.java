package org.evenkeel.api;

import org.evenkeel.testing.Database;

/** The races of the API on H2. */
class ApiRacesOnH2IT extends ApiRaces {

    ApiRacesOnH2IT() {
        super(Database.H2);
    }
}
