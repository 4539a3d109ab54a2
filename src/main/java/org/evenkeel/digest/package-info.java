/** Tomorrow by e-mail, for therapists who want it. */
@NullMarked
package org.evenkeel.digest;

import org.jspecify.annotations.NullMarked;
