/** The therapist's day. */
@NullMarked
package org.evenkeel.roster;

import org.jspecify.annotations.NullMarked;
