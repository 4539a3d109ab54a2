/** What patients are told of their sessions: rules, consents, the outbox, its dispatch, gateways and answers. */
@NullMarked
package org.evenkeel.reminder;

import org.jspecify.annotations.NullMarked;
