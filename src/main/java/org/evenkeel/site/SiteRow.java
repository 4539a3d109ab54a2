package org.evenkeel.site;

import java.time.ZoneId;

/** A site as lists show it. */
public record SiteRow(long id, String name, ZoneId zone, String phone, boolean active, long rooms) {}
