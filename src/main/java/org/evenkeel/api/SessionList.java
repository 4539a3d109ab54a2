package org.evenkeel.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of sessions. */
@Schema(name = "SessionList", description = "A page of sessions, by start")
public record SessionList(
        List<SessionDocument> items,
        @Schema(nullable = true, description = "The address of the next page; null: this is the last") @Nullable
                String next) {}
