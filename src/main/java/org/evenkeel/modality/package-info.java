/** Modalities: the therapies that a centre offers. */
@NullMarked
package org.evenkeel.modality;

import org.jspecify.annotations.NullMarked;
