/** The pages of therapists, their hours and time off. */
@NullMarked
package org.evenkeel.therapist.web;

import org.jspecify.annotations.NullMarked;
