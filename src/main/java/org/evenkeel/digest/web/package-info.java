/** Where a therapist asks for the digest. */
@NullMarked
package org.evenkeel.digest.web;

import org.jspecify.annotations.NullMarked;
