/** The day board on the screen. */
@NullMarked
package org.evenkeel.board.web;

import org.jspecify.annotations.NullMarked;
