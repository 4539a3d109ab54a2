package org.evenkeel.session.web;

import jakarta.faces.component.UIComponent;
import jakarta.faces.context.FacesContext;
import jakarta.faces.convert.Converter;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.modality.Modality;
import org.evenkeel.modality.ModalityDetails;
import org.evenkeel.patient.PatientDetails;
import org.evenkeel.patient.PatientRegister;
import org.evenkeel.patient.web.ShownName;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.series.GroupRow;
import org.evenkeel.series.Groups;
import org.evenkeel.session.FreeTime;
import org.evenkeel.session.FreeTimes;
import org.evenkeel.session.FreeTimesFound;
import org.evenkeel.session.FreeTimesQuery;
import org.evenkeel.session.PatientSessions;
import org.evenkeel.session.Refused;
import org.evenkeel.session.SessionView;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Languages;
import org.evenkeel.therapist.Therapist;
import org.jspecify.annotations.Nullable;
import org.primefaces.PrimeFaces;

/** Find a time: wishes, which the address carries, and the times that answer them. */
@Named
@ViewScoped
public class FindBean implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MOST_SHOWN = 60;
    private static final int MOST_FOUND = 10;
    private static final int MOST_GROUPS = 6;
    private static final int WEEKS = 4;

    private final transient FreeTimes freeTimes;
    private final transient PatientRegister patients;
    private final transient PatientSessions patientSessions;
    private final transient Groups groups;
    private final transient SignedIn signedIn;
    private final transient BookingChoices choices;
    private final transient BookSessionBean panel;
    private final transient Clock clock;

    private String modality = "";
    private String minutes = "";
    private @Nullable PatientChoice patient;
    private @Nullable Long primaryTherapist;
    private String from = "";
    private String to = "";
    private List<String> weekdays = new ArrayList<>();
    private String after = "";
    private String before = "";
    private String gender = "";
    private String language = "";
    private @Nullable Long therapist;
    private @Nullable Long site;

    private String problem = "";
    private final Map<String, PatientChoice> offered = new HashMap<>();
    private transient @Nullable FreeTimesFound found;
    private transient List<FoundTime> times = List.of();
    private transient List<GroupRow> joinable = List.of();

    @Inject
    public FindBean(
            FreeTimes freeTimes,
            PatientRegister patients,
            PatientSessions patientSessions,
            Groups groups,
            SignedIn signedIn,
            BookingChoices choices,
            BookSessionBean panel,
            Clock clock) {
        this.freeTimes = freeTimes;
        this.patients = patients;
        this.patientSessions = patientSessions;
        this.groups = groups;
        this.signedIn = signedIn;
        this.choices = choices;
        this.panel = panel;
        this.clock = clock;
    }

    @SuppressWarnings("NullAway")
    protected FindBean() {
        this(null, null, null, null, null, null, null, null);
    }

    /**
     * One time of the list.
     *
     * @param number the digit that books it; 0: none
     * @param dayBegins whether it is the first of its date
     */
    public record FoundTime(int number, FreeTime free, boolean primary, boolean dayBegins) {}

    /** What would find something, with what it gains. */
    public record Way(FreeTimesFound.Relaxation relaxation, String label) {}

    // --- searching --------------------------------------------------------------------------------------------------

    /** What the address asks for; what it leaves open is what the patient had last time. */
    public void open() {
        LocalDate today = today();
        from = from.isEmpty() ? today.toString() : from;
        to = to.isEmpty() ? today.plusWeeks(WEEKS).toString() : to;
        PatientChoice asked = patient;
        if (asked != null && asked.id() != null) {
            know(asked.id());
        }
        if (modality.isEmpty() && !choices.getModalities().isEmpty()) {
            chooseModality(choices.getModalities().get(0));
        }
        find();
    }

    private LocalDate today() {
        ZoneId zone = choices.getSites().stream()
                .map(BookingChoices.SiteChoice::zone)
                .findFirst()
                .orElse(ZoneId.of("UTC"));
        return clock.instant().atZone(zone).toLocalDate();
    }

    private void know(long id) {
        PatientDetails details =
                patients.view(signedIn.actor(), id, "session/find").details();
        patient = PatientChoice.of(id, details).naming(ShownName::of);
        primaryTherapist = details.primaryTherapistId();
        if (modality.isEmpty()) {
            patientSessions.last(signedIn.actor(), id).ifPresent(this::wishLike);
        }
    }

    private void wishLike(SessionView before) {
        choices.modality(before.modality().code()).ifPresent(m -> {
            modality = m.code();
            minutes = Integer.toString(before.slot().minutes());
        });
    }

    private void chooseModality(ModalityDetails chosen) {
        modality = chosen.code();
        minutes = Integer.toString(chosen.defaultMinutes());
    }

    private void find() {
        problem = "";
        found = null;
        times = List.of();
        joinable = List.of();
        if (modality.isEmpty()) {
            return;
        }
        try {
            if (isInGroups()) {
                joinable = groups.withFreeSeat(signedIn.actor(), seat(), 0, MOST_GROUPS)
                        .items();
            }
            if (isAlone()) {
                FreeTimesFound result = freeTimes.search(signedIn.actor(), query());
                found = result;
                times = numbered(result.items());
            }
        } catch (Invalid invalid) {
            problem = Notices.text(invalid);
        } catch (Refused refused) {
            problem = Words.of(refused);
        }
    }

    private List<FoundTime> numbered(List<FreeTime> items) {
        List<FoundTime> numbered = new ArrayList<>();
        LocalDate day = null;
        boolean wasPrimary = false;
        for (FreeTime free : items) {
            boolean primary = primaryTherapist != null && free.therapist().id() == primaryTherapist;
            LocalDate date = free.start().atZone(free.zone()).toLocalDate();
            boolean begins = !date.equals(day) || primary != wasPrimary;
            numbered.add(new FoundTime(numbered.size() < 9 ? numbered.size() + 1 : 0, free, primary, begins));
            day = date;
            wasPrimary = primary;
        }
        return numbered;
    }

    private Groups.SeatWish seat() {
        return new Groups.SeatWish(
                modality, site, therapist, patient == null ? null : patient.id(), date("from", from));
    }

    private FreeTimesQuery query() {
        return new FreeTimesQuery(
                modality,
                minutes.isBlank() ? null : number(minutes),
                date("from", from),
                date("to", to),
                therapist,
                gender.isEmpty() ? null : Therapist.Gender.valueOf(gender),
                language.isEmpty() ? null : language,
                days(),
                time("after", after),
                time("before", before),
                site,
                patient == null ? null : patient.id(),
                MOST_SHOWN);
    }

    private Set<DayOfWeek> days() {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        weekdays.forEach(day -> days.add(DayOfWeek.valueOf(day)));
        return days;
    }

    private static Integer number(String text) {
        try {
            return Integer.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new Invalid("minutes", "session.panel.invalid.minutes");
        }
    }

    private static LocalDate date(String field, String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw new Invalid(field, "session.panel.invalid.date");
        }
    }

    private static @Nullable LocalTime time(String field, String text) {
        try {
            return text.isBlank() ? null : LocalTime.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw new Invalid(field, "session.panel.invalid.time");
        }
    }

    // --- events -----------------------------------------------------------------------------------------------------

    /** A wish was changed: other times, another address. */
    public void changed() {
        find();
        PrimeFaces.current().ajax().addCallbackParam("address", address());
    }

    public void modalityChanged() {
        choices.therapy(modality).ifPresent(this::chooseModality);
        changed();
    }

    public void patientChanged() {
        PatientChoice chosen = patient;
        primaryTherapist = null;
        if (chosen != null && chosen.id() != null) {
            modality = "";
            know(chosen.id());
            if (modality.isEmpty() && !choices.getModalities().isEmpty()) {
                chooseModality(choices.getModalities().get(0));
            }
        }
        changed();
    }

    /** Drops what nothing answers, or looks further ahead. */
    public void relax(FreeTimesFound.Relaxation relaxation) {
        relaxation.wishes().forEach(this::drop);
        to = relaxation.to() == null ? to : relaxation.to().toString();
        changed();
    }

    private void drop(FreeTimesQuery.Wish wish) {
        switch (wish) {
            case THERAPIST -> therapist = null;
            case GENDER -> gender = "";
            case LANGUAGE -> language = "";
            case WEEKDAY -> weekdays = new ArrayList<>();
            case AFTER -> after = "";
            case BEFORE -> before = "";
            case SITE -> site = null;
        }
    }

    /** Looks further ahead. */
    public void later() {
        from = date("to", to).plusDays(1).toString();
        to = date("from", from).plusWeeks(WEEKS).toString();
        changed();
    }

    /** Opens the booking panel with a time of the list, which is kept meanwhile. */
    public void book(FreeTime free) {
        panel.openFound(free, modality, patient == null ? null : patient.id());
    }

    public List<PatientChoice> completePatient(String typed) {
        List<PatientChoice> matches =
                patients.search(signedIn.actor(), typed, "session/find", 0, MOST_FOUND).items().stream()
                        .map(PatientChoice::of)
                        .toList();
        matches.forEach(choice -> offered.put(choice.key(), choice));
        return matches;
    }

    /** Between the field and the choices that it has offered; letters that mean nobody are dropped. */
    public Converter<PatientChoice> getPatientConverter() {
        return new Converter<>() {
            @Override
            public @Nullable PatientChoice getAsObject(FacesContext faces, UIComponent field, @Nullable String text) {
                PatientChoice chosen = patient;
                if (text == null || text.isBlank()) {
                    return null;
                }
                return chosen != null && chosen.key().equals(text) ? chosen : offered.get(text);
            }

            @Override
            public String getAsString(FacesContext faces, UIComponent field, @Nullable PatientChoice choice) {
                return choice == null ? "" : choice.key();
            }
        };
    }

    /** All wishes, as the address has them. */
    String address() {
        StringBuilder address = new StringBuilder("find");
        add(address, "modality", modality);
        add(address, "minutes", minutes);
        add(
                address,
                "patient",
                patient == null || patient.id() == null ? "" : patient.id().toString());
        add(address, "from", from);
        add(address, "to", to);
        add(address, "weekday", String.join(",", weekdays));
        add(address, "after", after);
        add(address, "before", before);
        add(address, "gender", gender);
        add(address, "language", language);
        add(address, "therapist", therapist == null ? "" : therapist.toString());
        add(address, "site", site == null ? "" : site.toString());
        return address.toString();
    }

    private static void add(StringBuilder address, String name, String value) {
        if (!value.isEmpty()) {
            address.append(address.indexOf("?") < 0 ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    // --- what the page shows ----------------------------------------------------------------------------------------

    public List<FoundTime> getTimes() {
        return times;
    }

    public String getProblem() {
        return problem;
    }

    /** Groups that can be joined as they stand, soonest first; the other wishes are for times of one's own. */
    public List<GroupRow> getGroups() {
        return joinable;
    }

    /** Whether the therapy is given in groups. */
    public boolean isInGroups() {
        return choices.therapy(modality)
                .filter(m -> m.format() != Modality.Format.INDIVIDUAL)
                .isPresent();
    }

    /** Whether the therapy is given to one patient alone. */
    public boolean isAlone() {
        return choices.therapy(modality)
                .filter(m -> m.format() == Modality.Format.GROUP)
                .isEmpty();
    }

    /** Whether there was something to look for, and nothing was there. */
    public boolean isNothing() {
        return found != null && times.isEmpty();
    }

    public List<Way> getWays() {
        FreeTimesFound result = found;
        return result == null
                ? List.of()
                : result.relax().stream().map(r -> new Way(r, label(r))).toList();
    }

    /** Whether a longer stretch is one of the ways. */
    public boolean isLonger() {
        FreeTimesFound result = found;
        return result != null && result.relax().stream().anyMatch(r -> r.to() != null);
    }

    private static String label(FreeTimesFound.Relaxation relaxation) {
        LocalDate until = relaxation.to();
        if (until != null) {
            return Words.text("session.find.relax.to", Formats.date(until), relaxation.gains());
        }
        List<String> names = relaxation.wishes().stream()
                .map(wish -> wish.name().toLowerCase(Locale.ROOT))
                .toList();
        return names.size() == 1
                ? Words.text("session.find.relax." + names.get(0), relaxation.gains())
                : Words.text(
                        "session.find.relax.both",
                        Words.text("session.find.any." + names.get(0)),
                        Words.text("session.find.any." + names.get(1)),
                        relaxation.gains());
    }

    /** Whether there are more than the list shows. */
    public boolean isMore() {
        return times.size() >= MOST_SHOWN;
    }

    /** Weekdays with their names, Monday first. */
    public Map<String, String> getDays() {
        Map<String, String> days = new LinkedHashMap<>();
        Arrays.stream(DayOfWeek.values())
                .forEach(day -> days.put(day.getDisplayName(TextStyle.SHORT, Formats.locale()), day.name()));
        return days;
    }

    public List<String> getLanguages() {
        return Languages.OFFERED;
    }

    public String languageName(String tag) {
        return Formats.language(tag);
    }

    public List<String> getGenders() {
        return Arrays.stream(Therapist.Gender.values()).map(Enum::name).toList();
    }

    // --- wishes -----------------------------------------------------------------------------------------------------

    public String getModality() {
        return modality;
    }

    public void setModality(@Nullable String modality) {
        this.modality = modality == null ? "" : modality;
    }

    public String getMinutes() {
        return minutes;
    }

    public void setMinutes(@Nullable String minutes) {
        this.minutes = minutes == null ? "" : minutes;
    }

    public @Nullable PatientChoice getPatient() {
        return patient;
    }

    public void setPatient(@Nullable PatientChoice patient) {
        this.patient = patient;
    }

    /** The patient as the address has them. */
    public @Nullable Long getPatientId() {
        return patient == null ? null : patient.id();
    }

    public void setPatientId(@Nullable Long id) {
        patient = id == null ? null : new PatientChoice(id, "", "");
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(@Nullable String from) {
        this.from = from == null ? "" : from;
    }

    public String getTo() {
        return to;
    }

    public void setTo(@Nullable String to) {
        this.to = to == null ? "" : to;
    }

    public List<String> getWeekdays() {
        return weekdays;
    }

    public void setWeekdays(@Nullable List<String> weekdays) {
        this.weekdays = weekdays == null ? new ArrayList<>() : new ArrayList<>(weekdays);
    }

    /** The weekdays as the address has them: {@code TUESDAY,THURSDAY}. */
    public String getWeekday() {
        return String.join(",", weekdays);
    }

    public void setWeekday(@Nullable String listed) {
        weekdays = new ArrayList<>();
        if (listed != null) {
            Set<String> wanted = Set.of(listed.toUpperCase(Locale.ROOT).split(",", -1));
            Arrays.stream(DayOfWeek.values())
                    .map(DayOfWeek::name)
                    .filter(wanted::contains)
                    .forEach(weekdays::add);
        }
    }

    public String getAfter() {
        return after;
    }

    public void setAfter(@Nullable String after) {
        this.after = after == null ? "" : after;
    }

    public String getBefore() {
        return before;
    }

    public void setBefore(@Nullable String before) {
        this.before = before == null ? "" : before;
    }

    public String getGender() {
        return gender;
    }

    public void setGender(@Nullable String gender) {
        this.gender = gender != null && getGenders().contains(gender) ? gender : "";
    }

    public String getLanguage() {
        return language;
    }

    public void setLanguage(@Nullable String language) {
        this.language = language != null && Languages.OFFERED.contains(language) ? language : "";
    }

    public @Nullable Long getTherapist() {
        return therapist;
    }

    public void setTherapist(@Nullable Long therapist) {
        this.therapist = therapist;
    }

    public @Nullable Long getSite() {
        return site;
    }

    public void setSite(@Nullable Long site) {
        this.site = site;
    }
}
