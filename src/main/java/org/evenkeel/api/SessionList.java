package org.evenkeel.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of sessions. */
public record SessionList(List<SessionDocument> items, @Nullable String next) {}
