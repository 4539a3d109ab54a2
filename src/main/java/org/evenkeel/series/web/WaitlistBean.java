package org.evenkeel.series.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.patient.PatientRow;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.platform.web.Paging;
import org.evenkeel.series.Waitlist;
import org.evenkeel.series.WaitlistRow;
import org.evenkeel.session.FreeTime;
import org.evenkeel.session.FreeTimes;
import org.evenkeel.session.FreeTimesQuery;
import org.evenkeel.session.Refused;
import org.evenkeel.session.web.BookingChoices;
import org.evenkeel.shared.Invalid;
import org.jspecify.annotations.Nullable;

/** Everyone who waits, in order: for a seat in a group, or for a time; who is added, placed, or waits no longer. */
@Named("waitlistPage")
@ViewScoped
public class WaitlistBean implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MOST_TIMES = 6;
    private static final int DAYS_AHEAD = 60;

    private transient Waitlist waitlist;
    private transient FreeTimes freeTimes;
    private transient PatientField patientField;
    private transient BookingChoices places;
    private transient SignedIn signedIn;
    private transient Clock clock;

    private int page = 1;
    private @Nullable Long entry;
    private List<WaitlistRow> rows = List.of();
    private boolean more;
    private transient List<FreeTime> times = List.of();
    private @Nullable WaitForm form;

    @SuppressWarnings("NullAway.Init")
    protected WaitlistBean() {}

    @Inject
    public WaitlistBean(
            Waitlist waitlist,
            FreeTimes freeTimes,
            PatientField patientField,
            BookingChoices places,
            SignedIn signedIn,
            Clock clock) {
        this.waitlist = waitlist;
        this.freeTimes = freeTimes;
        this.patientField = patientField;
        this.places = places;
        this.signedIn = signedIn;
        this.clock = clock;
    }

    public void open() {
        Waitlist.Page found = waitlist.list(signedIn.actor(), null, Paging.first(page), Paging.SIZE);
        rows = found.items();
        more = found.more();
        form = form == null ? new WaitForm(today()) : form;
        WaitlistRow chosen = getChosen();
        times = chosen == null ? List.of() : timesFor(chosen);
    }

    /** Free times that the chosen one could take, best first. */
    private List<FreeTime> timesFor(WaitlistRow row) {
        LocalDate from = row.from().isBefore(today()) ? today() : row.from();
        Set<DayOfWeek> days = row.weekdays().stream().map(DayOfWeek::of).collect(Collectors.toSet());
        return freeTimes
                .search(
                        signedIn.actor(),
                        new FreeTimesQuery(
                                row.modality().code(),
                                null,
                                from,
                                from.plusDays(DAYS_AHEAD),
                                row.therapist() == null ? null : row.therapist().id(),
                                null,
                                null,
                                days,
                                row.after(),
                                row.before(),
                                row.site() == null ? null : row.site().id(),
                                row.patientId(),
                                MOST_TIMES))
                .items();
    }

    public @Nullable String add() {
        WaitForm typed = getForm();
        try {
            PatientRow who = patientField.meant("patient", typed.getPatient());
            if (typed.getSeries() == null && typed.getModality().isEmpty()) {
                throw new Invalid("series", Notices.text("waitlist.forMissing"));
            }
            waitlist.add(signedIn.actor(), typed.wish(who.id()));
            Notices.done("waitlist.added", who.displayName());
            EnrolBean.focus("patient");
            return here();
        } catch (Invalid e) {
            Notices.invalid(e);
        } catch (Refused e) {
            Told.beside("patient", e);
        }
        return null;
    }

    /** Gives a seat from their first day on. */
    public @Nullable String place(WaitlistRow row) {
        return attempt(() -> {
            waitlist.place(signedIn.actor(), row.id(), row.from().isBefore(today()) ? today() : row.from());
            Notices.done("waitlist.placed", row.patient());
        });
    }

    /** Books a time for the chosen one. */
    public @Nullable String book(FreeTime time) {
        WaitlistRow row = getChosen();
        if (row == null) {
            return here();
        }
        return attempt(() -> {
            waitlist.place(
                    signedIn.actor(),
                    row.id(),
                    time.slot(),
                    time.therapist().id(),
                    time.room().id());
            Notices.done("waitlist.booked", row.patient(), Formats.moment(time.start(), time.zone()));
        });
    }

    public @Nullable String withdraw(WaitlistRow row) {
        return attempt(() -> {
            waitlist.withdraw(signedIn.actor(), row.id());
            Notices.done("waitlist.withdrawn", row.patient());
        });
    }

    private @Nullable String attempt(Runnable work) {
        try {
            work.run();
            return here();
        } catch (Refused e) {
            Told.beside("", e);
        } catch (Invalid e) {
            Notices.wrong("", String.valueOf(e.getMessage()));
        }
        open();
        return null;
    }

    private String here() {
        return "/waitlist/list?faces-redirect=true&page=" + page;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), getZone());
    }

    /** The zone of the first site. */
    public ZoneId getZone() {
        return places.getSites().stream()
                .findFirst()
                .map(BookingChoices.SiteChoice::zone)
                .orElse(ZoneId.of("UTC"));
    }

    /** What one waits for, in words: "Tue, Thu, after 16:00, Dr Lee". */
    public String criteria(WaitlistRow row) {
        List<String> words = new ArrayList<>();
        row.weekdays().forEach(day -> words.add(Formats.weekday(day)));
        if (row.after() != null) {
            words.add(Notices.text("waitlist.after", row.after()));
        }
        if (row.before() != null) {
            words.add(Notices.text("waitlist.before", row.before()));
        }
        if (row.therapist() != null) {
            words.add(row.therapist().name());
        }
        if (row.site() != null) {
            words.add(row.site().name());
        }
        if (row.from().isAfter(today())) {
            words.add(Notices.text("waitlist.fromDay", Formats.date(row.from())));
        }
        return String.join(", ", words);
    }

    /** The weekdays as Find a time has them in its address. */
    public String weekdayNames(WaitlistRow row) {
        return row.weekdays().stream().map(day -> DayOfWeek.of(day).name()).collect(Collectors.joining(","));
    }

    /** The one whose times are shown; null: none is, or they wait for a seat. */
    public @Nullable WaitlistRow getChosen() {
        return rows.stream()
                .filter(r -> entry != null && r.id() == entry && r.series() == null)
                .findFirst()
                .orElse(null);
    }

    public List<FreeTime> getTimes() {
        return times;
    }

    public List<WaitlistRow> getRows() {
        return rows;
    }

    /** The number of the last page that is known of. */
    public int getPages() {
        return more ? page + 1 : page;
    }

    public List<Integer> getPriorities() {
        return List.of(1, 2, 3);
    }

    public List<Integer> getWeek() {
        return List.of(1, 2, 3, 4, 5, 6, 7);
    }

    public WaitForm getForm() {
        WaitForm typed = form;
        return typed == null ? new WaitForm(today()) : typed;
    }

    public int getPage() {
        return page;
    }

    public void setPage(int page) {
        this.page = Math.max(1, page);
    }

    public @Nullable Long getEntry() {
        return entry;
    }

    public void setEntry(@Nullable Long entry) {
        this.entry = entry;
    }
}
