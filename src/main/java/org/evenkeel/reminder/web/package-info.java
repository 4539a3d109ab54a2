/** The pages of reminders: their rules, what needs somebody, figures; and their parts of other pages. */
@NullMarked
package org.evenkeel.reminder.web;

import org.jspecify.annotations.NullMarked;
