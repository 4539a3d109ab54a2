/** Therapists: qualifications, working hours and time off. */
@NullMarked
package org.evenkeel.therapist;

import org.jspecify.annotations.NullMarked;
