package org.evenkeel.site;

/** A room as lists show it. */
public record RoomRow(
        long id,
        String name,
        long siteId,
        String siteName,
        int capacity,
        int turnoverMinutes,
        boolean telehealth,
        boolean active) {}
