package org.evenkeel.site;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.evenkeel.audit.Gate;
import org.evenkeel.shared.CalendarChanged;
import org.evenkeel.testing.Actors;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.Recorded;
import org.evenkeel.testing.RecordingAudit;

/** An empty database with a register of sites. */
public final class SiteFixture {
    public static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    public static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

    public static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");

    public final RecordingAudit audit = new RecordingAudit();
    public final Recorded<CalendarChanged> calendar = new Recorded<>();
    public final Sites sites;
    public final SiteRegister register;

    public SiteFixture(Database database) {
        database.clean();
        sites = new Sites(database.entityManager());
        register = new SiteRegister(
                sites,
                new Rooms(database.entityManager()),
                database.entityManager(),
                database.transactions(),
                new Gate(audit),
                audit,
                calendar,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    public static SiteDetails site(String name, ZoneId zone) {
        return new SiteDetails(name, zone, "", "", true, List.of(), List.of());
    }

    public long add(String name, ZoneId zone) {
        return register.add(Actors.LEAD, site(name, zone));
    }
}
