package org.evenkeel.therapist;

import java.io.Serializable;

/** A therapist as forms offer them. */
public record TherapistChoice(long id, String name) implements Serializable {}
