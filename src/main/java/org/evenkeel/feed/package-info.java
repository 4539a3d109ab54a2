/** Calendars that therapists subscribe to on their own devices. */
@NullMarked
package org.evenkeel.feed;

import org.jspecify.annotations.NullMarked;
