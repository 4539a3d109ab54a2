/** The pages of booking: the panel, finding a time, a site's zone. */
@NullMarked
package org.evenkeel.session.web;

import org.jspecify.annotations.NullMarked;
