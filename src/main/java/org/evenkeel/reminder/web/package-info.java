/** Pages about messages to patients, and what their links and the provider of text messages reach. */
@NullMarked
package org.evenkeel.reminder.web;

import org.jspecify.annotations.NullMarked;
