/** Series that sessions come from: recurrences, enrolments, waitlists. */
@org.jspecify.annotations.NullMarked
package org.evenkeel.series;
