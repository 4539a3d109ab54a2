/** Who or what is taken when; knows only resource ids and time slots. */
@NullMarked
package org.evenkeel.availability;

import org.jspecify.annotations.NullMarked;
