package org.evenkeel.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of sites. */
public record SiteList(List<Item> items, @Nullable String next) {

    /** A site. */
    public record Item(long id, String name, String zone, String phone, boolean active) {}
}
