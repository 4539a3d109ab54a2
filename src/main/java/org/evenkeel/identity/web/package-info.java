/** Signing in and out, and the pages for accounts, settings and one's own account. */
@NullMarked
package org.evenkeel.identity.web;

import org.jspecify.annotations.NullMarked;
