/** Who did and saw what: append-only entries and the chain that seals them. */
@NullMarked
package org.evenkeel.audit;

import org.jspecify.annotations.NullMarked;
