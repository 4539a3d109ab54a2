/** Patients: record numbers, contact points, keep-apart relations, import. */
@NullMarked
package org.evenkeel.patient;

import org.jspecify.annotations.NullMarked;
