/** The page of a therapist's day. */
@NullMarked
package org.evenkeel.roster.web;

import org.jspecify.annotations.NullMarked;
