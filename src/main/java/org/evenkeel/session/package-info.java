/** Sessions: book, move, cancel, undo; their rules, participants and attendance; free times. */
@NullMarked
package org.evenkeel.session;

import org.jspecify.annotations.NullMarked;
