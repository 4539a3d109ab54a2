package org.evenkeel.api;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of patients. */
public record PatientList(List<Item> items, @Nullable String next) {

    /** A patient as far as lists tell. */
    public record Item(long id, String name, String recordNumber, @Nullable LocalDate birthDate, boolean bookable) {}
}
