package org.evenkeel.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.session.FreeTimes;
import org.evenkeel.session.FreeTimesQuery;
import org.evenkeel.therapist.Therapist;
import org.jspecify.annotations.Nullable;

/** The search for a time. */
@Path("free-times")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class FreeTimesResource {

    private static final int WITHIN_DAYS = 28;
    private static final String[] WISHES = {
        "modality",
        "minutes",
        "from",
        "to",
        "therapist",
        "gender",
        "language",
        "weekday",
        "after",
        "before",
        "site",
        "patient",
        Parameters.LIMIT,
        Parameters.CURSOR
    };

    private FreeTimes freeTimes;
    private SignedIn signedIn;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected FreeTimesResource() {}

    @Inject
    public FreeTimesResource(FreeTimes freeTimes, SignedIn signedIn, Clock clock) {
        this.freeTimes = freeTimes;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    @GET
    public FreeTimesDocument search(@Context UriInfo uri) {
        Parameters parameters = Parameters.of(uri, WISHES);
        return FreeTimesDocument.of(freeTimes.search(signedIn.actor(), query(parameters)), parameters);
    }

    private FreeTimesQuery query(Parameters p) {
        LocalDate from = p.dateOrNull("from");
        LocalDate to = p.dateOrNull("to");
        LocalDate first = from == null ? earliest(to) : from;
        return new FreeTimesQuery(
                p.text("modality"),
                p.numberOrNull("minutes"),
                first,
                to == null ? first.plusDays(WITHIN_DAYS) : to,
                p.idOrNull("therapist"),
                p.constantOrNull("gender", Therapist.Gender.class),
                p.textOrNull("language"),
                p.weekdays("weekday"),
                p.timeOrNull("after"),
                p.timeOrNull("before"),
                p.idOrNull("site"),
                p.idOrNull("patient"),
                upToThisPageAndOneMore(p));
    }

    /** The best times are ranked among all, so that a later page is found by way of those before it. */
    private static int upToThisPageAndOneMore(Parameters p) {
        return (int) Math.min(Integer.MAX_VALUE, 1L + p.offset() + p.limit());
    }

    /** Today wherever a site may be: what is over is not offered anyway. */
    private LocalDate earliest(@Nullable LocalDate to) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.ofHours(-12));
        return to != null && to.isBefore(today) ? to : today;
    }
}
