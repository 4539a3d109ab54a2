/** The pages of reminders, and what the links in messages and the provider of text messages reach. */
@NullMarked
package org.evenkeel.reminder.web;

import org.jspecify.annotations.NullMarked;
