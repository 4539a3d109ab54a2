/** The pages of sites and rooms. */
@NullMarked
package org.evenkeel.site.web;

import org.jspecify.annotations.NullMarked;
