/** Experiments of the security promises on running servers: each keeps a ledger and compares it with the database afterwards. */
@NullMarked
package org.evenkeel.experiment;

import org.jspecify.annotations.NullMarked;
