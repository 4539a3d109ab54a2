/** What the application stands on (migrations, database platforms, transactions, push); knows no feature. */
@NullMarked
package org.evenkeel.platform;

import org.jspecify.annotations.NullMarked;
