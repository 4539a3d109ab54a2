package org.evenkeel.api;

import org.evenkeel.testing.Database;

/** The races of the API on PostgreSQL. */
class ApiRacesOnPostgresIT extends ApiRaces {

    ApiRacesOnPostgresIT() {
        super(Database.POSTGRES);
    }
}
