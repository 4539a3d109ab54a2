package org.evenkeel.therapist;

import java.util.List;

/** One line of the overview of who works when: an active therapist's weekly hours, and the time off that is still to come. */
public record TherapistWeek(long id, String name, List<WorkingHours> hours, List<TimeOffRow> timeOff) {}
