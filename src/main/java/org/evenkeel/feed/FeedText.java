package org.evenkeel.feed;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.ParameterList;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.parameter.Value;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.LastModified;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.RefreshInterval;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.XProperty;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableClazz;
import net.fortuna.ical4j.model.property.immutable.ImmutableStatus;
import net.fortuna.ical4j.model.property.immutable.ImmutableTransp;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;
import org.evenkeel.shared.TimeSlot;
import org.jspecify.annotations.Nullable;

/**
 * A calendar by RFC 5545. Each session is an event of its own in UTC, since the instants of a series are known already; its UID
 * stays when it is moved, and its SEQUENCE is the session's revision (acceptance case A45). Nothing in it tells whose it is.
 */
final class FeedText {
    private static final String BUSY = "Busy";
    private static final String DOMAIN = "@calendar.invalid";
    private static final Duration REFRESH = Duration.ofMinutes(30);

    private FeedText() {}

    /**
     * A session as its therapist's devices see it.
     *
     * @param changedAt when it became what it is
     * @param title null: nothing but "Busy"
     */
    record Appointment(
            long id, int revision, TimeSlot slot, boolean cancelled, Instant changedAt, @Nullable String title) {

        Appointment titled(@Nullable String newTitle) {
            return new Appointment(id, revision, slot, cancelled, changedAt, newTitle);
        }

        /** The id alone: initials stay out of logs. */
        @Override
        public String toString() {
            return "Appointment " + id;
        }
    }

    static String of(List<Appointment> appointments) {
        Calendar calendar = new Calendar();
        calendar.add(new ProdId("-//Calendar//EN"));
        calendar.add(ImmutableVersion.VERSION_2_0);
        calendar.add(ImmutableCalScale.GREGORIAN);
        calendar.add(new XProperty("X-WR-CALNAME", BUSY));
        calendar.add(new RefreshInterval(new ParameterList(List.of(Value.DURATION)), REFRESH));
        calendar.add(new XProperty("X-PUBLISHED-TTL", REFRESH.toString()));
        appointments.forEach(appointment -> calendar.add(event(appointment)));
        try {
            StringWriter text = new StringWriter();
            new CalendarOutputter(false).output(calendar, text);
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static VEvent event(Appointment appointment) {
        VEvent event = new VEvent(false);
        event.add(new Uid("appointment-" + appointment.id() + DOMAIN));
        event.add(new Sequence(appointment.revision()));
        event.add(new DtStamp(appointment.changedAt()));
        event.add(new LastModified(appointment.changedAt()));
        event.add(new DtStart<>(appointment.slot().start()));
        event.add(new DtEnd<>(appointment.slot().end()));
        event.add(new Summary(appointment.title() == null ? BUSY : appointment.title()));
        event.add(appointment.cancelled() ? ImmutableStatus.VEVENT_CANCELLED : ImmutableStatus.VEVENT_CONFIRMED);
        event.add(appointment.cancelled() ? ImmutableTransp.TRANSPARENT : ImmutableTransp.OPAQUE);
        event.add(ImmutableClazz.PRIVATE);
        return event;
    }
}
