/** Sites: places with a time zone, opening hours and closure days, and their rooms. */
@NullMarked
package org.evenkeel.site;

import org.jspecify.annotations.NullMarked;
