/** What tests stand on: the two databases, a running server, a browser. */
@NullMarked
package org.evenkeel.testing;

import org.jspecify.annotations.NullMarked;
