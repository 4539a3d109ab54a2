package org.evenkeel.session;

import java.time.ZoneId;
import org.evenkeel.shared.TimeSlot;

/**
 * The session that is in the way: what it is, where, and until when; never who attends it. What the reader may not see is "".
 *
 * @param code the modality's
 */
public record BlockedBy(
        long sessionId, String code, String modality, TimeSlot slot, String therapist, String room, ZoneId zone) {}
