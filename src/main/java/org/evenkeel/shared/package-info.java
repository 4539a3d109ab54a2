/** Time slots, the clock, transactions: what everyone may use and what knows nobody. */
@NullMarked
package org.evenkeel.shared;

import org.jspecify.annotations.NullMarked;
