package org.evenkeel.site;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.time.LocalDate;

/** A day on which a site is closed, in the site's zone. */
@Embeddable
public record ClosureDay(@Column(name = "closed_on") LocalDate date, String reason) implements Serializable {}
