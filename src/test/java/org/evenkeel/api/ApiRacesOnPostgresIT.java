package org.evenkeel.api;

import org.evenkeel.testing.Database;
import org.evenkeel.testing.OwnServer;

/** The races of the API on PostgreSQL, over two nodes. */
@OwnServer
class ApiRacesOnPostgresIT extends ApiRaces {

    ApiRacesOnPostgresIT() {
        super(Database.POSTGRES);
    }
}
