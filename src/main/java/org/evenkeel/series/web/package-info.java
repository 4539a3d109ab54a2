/** The pages of groups, series and waitlists. */
@NullMarked
package org.evenkeel.series.web;

import org.jspecify.annotations.NullMarked;
