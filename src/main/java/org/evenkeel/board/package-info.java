/** The desk's day: therapists as columns. */
@NullMarked
package org.evenkeel.board;

import org.jspecify.annotations.NullMarked;
