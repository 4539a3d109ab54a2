package org.evenkeel.shared;

import java.io.Serializable;

/**
 * What a thing says about itself, and the version that was read; whoever changes it hands the version back, so that a stale
 * screen is told from a fresh one.
 */
public record Versioned<D extends Record>(long id, long version, D details) implements Serializable {}
