package org.evenkeel.identity;

/** What an account may do; the table is in {@code src/site/markdown/security.md}. An account may have several. */
public enum Role {
    DESK,
    THERAPIST,
    LEAD,
    ADMIN
}
