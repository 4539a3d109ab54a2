/** The pages of modalities. */
@NullMarked
package org.evenkeel.modality.web;

import org.jspecify.annotations.NullMarked;
