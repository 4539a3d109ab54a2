/** Journeys through the application in a real browser. */
@NullMarked
package org.evenkeel.journey;

import org.jspecify.annotations.NullMarked;
