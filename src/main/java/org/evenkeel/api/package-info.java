/** The REST resources under /api: they read requests strictly, ask the features' facades, and tell the outcome. */
@NullMarked
package org.evenkeel.api;

import org.jspecify.annotations.NullMarked;
