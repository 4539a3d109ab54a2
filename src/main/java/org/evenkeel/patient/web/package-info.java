/** The pages of patients and of their import. */
@NullMarked
package org.evenkeel.patient.web;

import org.jspecify.annotations.NullMarked;
