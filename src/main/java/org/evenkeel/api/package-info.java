/** The REST resources under /api. */
@NullMarked
package org.evenkeel.api;

import org.jspecify.annotations.NullMarked;
