/** The page on which the audit trail is read and its chain verified. */
@NullMarked
package org.evenkeel.audit.web;

import org.jspecify.annotations.NullMarked;
