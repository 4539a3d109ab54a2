/** Accounts, roles, sign-in, API tokens: who is asking. */
@NullMarked
package org.evenkeel.identity;

import org.jspecify.annotations.NullMarked;
