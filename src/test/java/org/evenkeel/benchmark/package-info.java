/** How fast it is, measured against plain JDBC in the same run; nothing here asserts a time. */
@NullMarked
package org.evenkeel.benchmark;

import org.jspecify.annotations.NullMarked;
