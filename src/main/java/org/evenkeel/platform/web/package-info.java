/** What every page needs: the frame's questions, wall times in words. */
@NullMarked
package org.evenkeel.platform.web;

import org.jspecify.annotations.NullMarked;
