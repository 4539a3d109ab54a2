package org.evenkeel.modality;

/** A modality as lists show it. */
public record ModalityRow(long id, ModalityDetails details) {}
