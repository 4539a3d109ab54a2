package org.evenkeel.therapist;

import java.io.Serializable;
import org.evenkeel.shared.TimeSlot;

/** When a therapist is away, and why. */
public record TimeOffRow(long id, long therapistId, TimeSlot slot, String reason) implements Serializable {}
