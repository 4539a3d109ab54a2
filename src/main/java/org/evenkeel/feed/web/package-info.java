/** The address that calendars are read from, and where their owners manage them. */
@NullMarked
package org.evenkeel.feed.web;

import org.jspecify.annotations.NullMarked;
