package org.evenkeel.session.web;

import jakarta.faces.component.UIComponent;
import jakarta.faces.context.FacesContext;
import jakarta.faces.convert.Converter;
import jakarta.faces.model.SelectItem;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.evenkeel.identity.Actor;
import org.evenkeel.identity.Caller;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.Settings;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.identity.web.CurrentCaller;
import org.evenkeel.patient.PatientDetails;
import org.evenkeel.patient.PatientRegister;
import org.evenkeel.patient.web.ShownName;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.series.Cancellation;
import org.evenkeel.series.SeriesChanges;
import org.evenkeel.series.Waitlist;
import org.evenkeel.session.Alternatives;
import org.evenkeel.session.Booking;
import org.evenkeel.session.Change;
import org.evenkeel.session.FreeTime;
import org.evenkeel.session.Holds;
import org.evenkeel.session.PatientSessions;
import org.evenkeel.session.Refusal;
import org.evenkeel.session.Refused;
import org.evenkeel.session.Rule;
import org.evenkeel.session.RuleOverride;
import org.evenkeel.session.SessionRecord;
import org.evenkeel.session.SessionView;
import org.evenkeel.session.SessionViews;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Stale;
import org.jspecify.annotations.Nullable;

/**
 * The booking panel: books a new session, or shows one and changes or cancels it. Any page that includes it opens it by one of the
 * {@code open} methods, from an event of its own.
 */
@Named
@ViewScoped
public class BookSessionBean implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MOST_FOUND = 10;

    private final transient Booking booking;
    private final transient Holds holds;
    private final transient SessionViews views;
    private final transient PatientSessions patientSessions;
    private final transient SessionRecord sessionRecord;
    private final transient PatientRegister patients;
    private final transient NewPatientBean newPatient;
    private final transient Settings settings;
    private final transient SignedIn signedIn;
    private final transient CurrentCaller caller;
    private final transient BookingChoices choices;
    private final transient LastChange last;
    private final transient BookingDraft draft;
    private final transient PanelReply reply;
    private final transient Waitlist waitlist;
    private final transient SeriesChanges changes;
    private final transient Clock clock;

    private boolean open;
    private boolean resumed;
    /** Of what was last kept of this panel; "": nothing was. */
    private String draftToken = "";

    private BookingForm form = new BookingForm();
    /** The session as it was read; null for a new one. */
    private @Nullable SessionView session;

    private boolean therapistGiven;
    private boolean cancelling;
    private String cancelReason = "";
    /** Of the session's series, while it is about to be cancelled: how many dates are left without it; null: it is in none. */
    private @Nullable Integer datesLeft;

    private boolean extend;
    private String reason = "";
    private List<Rule> softRules = List.of();
    private @Nullable Instant heldUntil;
    private List<Discrepancy> discrepancies = List.of();
    private @Nullable SessionView theirs;
    private final Map<String, PatientChoice> offered = new HashMap<>();
    private List<String> refusals = List.of();
    private transient Alternatives alternatives = Alternatives.NONE;

    @Inject
    public BookSessionBean(
            Booking booking,
            Holds holds,
            SessionViews views,
            PatientSessions patientSessions,
            SessionRecord sessionRecord,
            PatientRegister patients,
            NewPatientBean newPatient,
            Settings settings,
            SignedIn signedIn,
            CurrentCaller caller,
            BookingChoices choices,
            LastChange last,
            BookingDraft draft,
            PanelReply reply,
            Waitlist waitlist,
            SeriesChanges changes,
            Clock clock) {
        this.booking = booking;
        this.holds = holds;
        this.views = views;
        this.patientSessions = patientSessions;
        this.sessionRecord = sessionRecord;
        this.patients = patients;
        this.newPatient = newPatient;
        this.settings = settings;
        this.signedIn = signedIn;
        this.caller = caller;
        this.choices = choices;
        this.last = last;
        this.draft = draft;
        this.reply = reply;
        this.waitlist = waitlist;
        this.changes = changes;
        this.clock = clock;
    }

    @SuppressWarnings("NullAway")
    protected BookSessionBean() {
        this(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    // --- opening and closing ----------------------------------------------------------------------------------------

    /** A new session in a free cell of the board. */
    public void openNew(long therapistId, Instant start, long siteId) {
        begin();
        form.setTherapist(therapistId);
        therapistGiven = true;
        form.placeAt(start, siteId, zoneOf(siteId));
        reply.open("bookingPatient_input");
    }

    /** A new session of which nothing is known yet, on a date of a site. */
    public void openBlank(String date, long siteId) {
        begin();
        form.setSite(siteId);
        form.setDate(date);
        suggestTherapist();
        reply.open("bookingPatient_input");
    }

    /** A new session for a patient, like their last one. */
    public void openFor(long patientId) {
        begin();
        suggestTherapist();
        choosePatient(patientId);
        form.setDate(clock.instant().atZone(zone()).toLocalDate().toString());
        reply.open("bookingTime");
    }

    /** A new session at a time that was found, which is kept for two minutes meanwhile. */
    public void openFound(FreeTime free, String modality, @Nullable Long patientId) {
        begin();
        try {
            heldUntil = holds.hold(signedIn.actor(), free);
        } catch (Refused refused) {
            open = false;
            reply.refuse(refused, free.start(), free.zone());
            return;
        }
        form.setModality(modality);
        form.take(free);
        therapistGiven = true;
        if (patientId != null) {
            choosePatient(patientId);
        }
        reply.open(patientId == null ? "bookingPatient_input" : "bookingSave");
    }

    /** A session that stands, or stood; who comes to a group stands on a page of its own. */
    public void openExisting(long sessionId) {
        SessionView found = find(sessionId);
        if (found.isGroup()) {
            reply.goToRoster(sessionId);
            return;
        }
        show(found);
        reply.open(isChangeable() ? "bookingDate" : "bookingTitle");
    }

    /** The same, about to be cancelled; whoever may not is told so. */
    public void openCancellation(long sessionId) {
        SessionView found = find(sessionId);
        if (!Booking.mayChange(signedIn.actor(), found)) {
            reply.refuse(Words.text("board.refused.others"));
            return;
        }
        show(found);
        cancelling = isChangeable();
        readSeries();
        reply.open(cancelling ? "bookingCancelReason" : "bookingTitle");
    }

    /** Leaves everything as it is, and gives up the time that was kept. */
    public void close() {
        if (heldUntil != null) {
            holds.release(signedIn.actor());
        }
        begin();
        open = false;
        draft.drop(draftToken);
    }

    /** As it is shown: where screens are discreet, with initials for names. */
    private SessionView find(long sessionId) {
        return views.find(signedIn.actor(), "session/panel", sessionId).naming(ShownName::of);
    }

    private void begin() {
        open = true;
        resumed = false;
        form = new BookingForm();
        session = null;
        therapistGiven = false;
        cancelling = false;
        cancelReason = "";
        heldUntil = null;
        offered.clear();
        newPatient.end();
        forgetRefusal();
        List<BookingChoices.SiteChoice> sites = choices.getSites();
        form.setSite(sites.isEmpty() ? null : sites.get(0).id());
    }

    private void show(SessionView read) {
        begin();
        session = read;
        therapistGiven = true;
        form.show(read);
    }

    // --- what was typed when the session ended ----------------------------------------------------------------------

    /** Keeps what stands in the fields, should the user have to sign in again before it is saved. */
    public void keepDraft() {
        if (open) {
            draftToken = draft.keep(
                    login(),
                    new BookingDraft.Typed(
                            form.copy(),
                            session,
                            therapistGiven,
                            cancelling,
                            cancelReason,
                            extend,
                            refusals,
                            softRules,
                            reason,
                            newPatient.typed()));
        }
    }

    /** Whether something was typed before the user had to sign in again. */
    public boolean isDraftWaiting() {
        return draft.isWaiting(login());
    }

    /** Opens the panel with what was typed before the user had to sign in again, unless it is no longer theirs to see. */
    public void resume() {
        draft.take(login()).ifPresent(kept -> {
            BookingDraft.Typed typed = kept.typed();
            draftToken = kept.token();
            try {
                look(typed);
            } catch (NotAllowed | NotFound gone) {
                draft.drop(draftToken);
                return;
            }
            begin();
            resumed = true;
            form = typed.form().copy();
            session = typed.session();
            therapistGiven = typed.therapistGiven();
            cancelling = typed.cancelling();
            cancelReason = typed.cancelReason();
            readSeries();
            extend = typed.extend();
            refusals = typed.refusals();
            softRules = typed.softRules();
            reason = typed.reason();
            newPatient.resume(typed.newPatient());
            reply.open("bookingResumed");
        });
    }

    /** Who is shown again is looked at again, which is on record. */
    private void look(BookingDraft.Typed typed) {
        SessionView read = typed.session();
        if (read != null) {
            SessionView ignored = find(read.id());
        }
        PatientChoice chosen = typed.form().getPatient();
        Long patient = chosen == null ? null : chosen.id();
        if (patient != null) {
            patients.view(signedIn.actor(), patient, "session/panel");
        }
    }

    private String login() {
        return caller.caller().map(Caller::sessionHash).orElse("");
    }

    /** Whether the panel shows what was typed before the user had to sign in again. */
    public boolean isResumed() {
        return resumed;
    }

    private void forgetRefusal() {
        refusals = List.of();
        alternatives = Alternatives.NONE;
        softRules = List.of();
        reason = "";
        discrepancies = List.of();
        theirs = null;
    }

    private void suggestTherapist() {
        Actor actor = signedIn.actor();
        if (!actor.hasAny(Role.DESK, Role.LEAD)) {
            form.setTherapist(actor.therapistId());
        }
    }

    // --- the patient ------------------------------------------------------------------------------------------------

    /** Those who may be meant by what has been typed, and at the end the offer to create someone of that name. */
    public List<PatientChoice> completePatient(String typed) {
        List<PatientChoice> found = new ArrayList<>();
        patients.search(signedIn.actor(), typed, "session/panel", 0, MOST_FOUND).items().stream()
                .map(PatientChoice::of)
                .forEach(found::add);
        if (newPatient.isAllowed() && !typed.isBlank()) {
            found.add(PatientChoice.typed(typed));
        }
        found.forEach(choice -> offered.put(choice.key(), choice));
        return found;
    }

    /** Between the field and the choices that it has offered. */
    public Converter<PatientChoice> getPatientConverter() {
        return new Converter<>() {
            @Override
            public @Nullable PatientChoice getAsObject(FacesContext faces, UIComponent field, @Nullable String text) {
                if (text == null || text.isBlank()) {
                    return null;
                }
                PatientChoice chosen = form.getPatient();
                if (chosen != null
                        && (chosen.key().equals(text) || chosen.label().equals(text))) {
                    return chosen;
                }
                return offered.getOrDefault(text, PatientChoice.typed(text));
            }

            @Override
            public String getAsString(FacesContext faces, UIComponent field, @Nullable PatientChoice choice) {
                return choice == null ? "" : choice.key();
            }
        };
    }

    /** Fills in what the chosen patient had last time. */
    public void patientChosen() {
        PatientChoice chosen = form.getPatient();
        if (chosen != null && !chosen.isKnown()) {
            create();
            return;
        }
        if (chosen != null && chosen.id() != null) {
            form.setPatient(chosen.naming(ShownName::of));
            if (session == null) {
                suggestLike(chosen.id());
            }
        }
        reply.focus(form.getTime().isBlank() ? "bookingTime" : "bookingModality");
    }

    /** Starts to create a patient of the name that was typed. */
    public void create() {
        newPatient.begin(getUnknownName());
        reply.focus("bookingGiven");
    }

    /** Creates the patient, unless there are others who may be the same. */
    public void createPatient() {
        try {
            newPatient.create().ifPresentOrElse(this::use, () -> reply.focus("bookingAlike"));
        } catch (Invalid invalid) {
            Notices.wrong(NewPatientBean.fieldOf(invalid.field()), Notices.text(invalid));
        }
    }

    /** Takes a patient who was found to be the same as the one who would be created. */
    public void use(long patientId) {
        newPatient.end();
        choosePatient(patientId);
        reply.focus(form.getTime().isBlank() ? "bookingTime" : "bookingModality");
    }

    /** Goes back to the field of the patient. */
    public void doNotCreate() {
        newPatient.end();
        reply.focus("bookingPatient_input");
    }

    private void choosePatient(long id) {
        PatientDetails details =
                patients.view(signedIn.actor(), id, "session/panel").details();
        form.setPatient(PatientChoice.of(id, details).naming(ShownName::of));
        suggestLike(id);
    }

    private void suggestLike(long patientId) {
        patientSessions.last(signedIn.actor(), patientId).ifPresent(before -> {
            boolean modalityIsOffered =
                    choices.modality(before.modality().code()).isPresent();
            if (modalityIsOffered && form.getSite() != null && form.getTime().isBlank()) {
                form.setSite(before.site().id());
            }
            if (modalityIsOffered) {
                form.suggestLike(
                        before,
                        !therapistGiven
                                && choices.getTherapists().stream()
                                        .anyMatch(t ->
                                                t.id() == before.therapist().id()),
                        heldUntil == null
                                && choices.rooms(before.site().id()).stream()
                                        .anyMatch(r -> r.id() == before.room().id()));
            }
        });
    }

    /** Who was typed but is nobody yet; empty if someone is chosen. */
    public String getUnknownName() {
        PatientChoice typed = form.getPatient();
        return typed == null || typed.isKnown() ? "" : typed.label();
    }

    public @Nullable Long getPatientId() {
        PatientChoice chosen = form.getPatient();
        return chosen == null ? null : chosen.id();
    }

    // --- the other fields -------------------------------------------------------------------------------------------

    public void modalityChosen() {
        choices.modality(form.getModality()).ifPresent(m -> form.suggestMinutes(m.defaultMinutes()));
    }

    /** The rooms of another site are others. */
    public void siteChosen() {
        Long room = form.getRoom();
        boolean stays = choices.rooms(form.getSite()).stream().anyMatch(r -> room != null && r.id() == room);
        if (!stays) {
            form.setRoom(null);
        }
    }

    /** Shows the form anew, such as what is to be known of the time that was typed. */
    public void look() {
        // Rendering reads the fields.
    }

    /** Says so where the wall time occurs twice, and which of the two it is. */
    public @Nullable String getTimeNote() {
        ZoneId zone = zone();
        String key = form.isSecond(zone) ? "session.panel.twiceSecond" : "session.panel.twice";
        return form.isTwice(zone) ? Words.text(key, form.getTime()) : null;
    }

    public ZoneId getZone() {
        return zone();
    }

    private ZoneId zone() {
        Long site = form.getSite();
        return choices.site(site)
                .map(BookingChoices.SiteChoice::zone)
                .orElseGet(() ->
                        session == null ? ZoneId.of("UTC") : session.site().zone());
    }

    private ZoneId zoneOf(long siteId) {
        return choices.site(siteId).map(BookingChoices.SiteChoice::zone).orElse(ZoneId.of("UTC"));
    }

    // --- saving -----------------------------------------------------------------------------------------------------

    public void save() {
        SessionView read = session;
        attempt(() -> {
            RuleOverride override = override();
            if (read == null) {
                return booking.book(signedIn.actor(), form.toBook(zone(), override));
            }
            if (form.getRoom() == null) {
                throw new Invalid("room", "session.panel.invalid.room");
            }
            return booking.change(signedIn.actor(), read.id(), read.version(), form.toChange(read, zone(), override));
        });
    }

    /** Takes one of the ways out of a refusal, and saves. */
    public void take(FreeTime free) {
        form.take(free);
        forgetRefusal();
        save();
    }

    /** Saves what was typed, or cancels, over what another desk has changed meanwhile. */
    public void saveAnyway() {
        session = theirs == null ? session : theirs;
        forgetRefusal();
        if (cancelling) {
            cancelSession();
        } else {
            save();
        }
    }

    /** Gives up what was typed for what another desk has made of the session. */
    public void takeTheirs() {
        SessionView now = theirs;
        if (now != null) {
            show(now);
            reply.focus(isChangeable() ? "bookingDate" : "bookingTitle");
        }
    }

    public void askForCancellation() {
        cancelling = true;
        readSeries();
        reply.focus("bookingCancelReason");
    }

    /** Where so many are to be held, a date is added for the one that goes unless that is changed (acceptance case A15). */
    private void readSeries() {
        SessionView read = session;
        datesLeft = null;
        extend = false;
        if (cancelling && read != null && read.series() != null) {
            changes.standing(signedIn.actor(), List.of(read.id())).forEach(standing -> {
                datesLeft = standing.live() - 1;
                extend = standing.held();
            });
        }
    }

    public void keepSession() {
        cancelling = false;
        reply.focus("bookingDate");
    }

    public void cancelSession() {
        SessionView read = session;
        if (read != null && datesLeft != null && extend) {
            cancelAndExtend(read);
        } else if (read != null) {
            attempt(() -> booking.cancel(signedIn.actor(), read.id(), read.version(), cancelReason));
        }
    }

    /** Cancels it and adds a date at the end of its series, together or not at all; that is not taken back by one key. */
    private void cancelAndExtend(SessionView read) {
        try {
            changes.cancel(
                    signedIn.actor(), read.id(), Cancellation.ofOne(read.id(), read.version(), cancelReason, true));
            last.forget();
            draft.drop(draftToken);
            open = false;
            reply.close();
            reply.changed(Words.text(
                    "session.panel.cancelledExtended",
                    Formats.moment(read.slot().start(), read.site().zone()),
                    read.therapist().name()));
        } catch (Refused refused) {
            show(refused);
        } catch (Stale stale) {
            compare();
        } catch (Invalid invalid) {
            Notices.wrong("bookingCancelReason", Notices.text(invalid));
        }
    }

    /** Takes the last change back, or says why there is none that could be. */
    public void undo() {
        Change change = last.find().orElse(null);
        if (PanelReply.undoAsked().filter(last::isAfter).isPresent()) {
            reply.refuse(Words.text("undo.none.later"));
        } else if (change == null) {
            reply.refuse(Words.text(last.why()));
        } else {
            undo(change);
        }
    }

    private void undo(Change change) {
        try {
            booking.undo(signedIn.actor(), change);
            last.takenBack(change);
            reply.changed(Words.text("session.panel.undone"));
        } catch (Refused refused) {
            reply.refuse(refused, clock.instant(), zoneOf(change));
        } catch (Stale stale) {
            reply.refuse(Words.text("session.panel.undoStale"));
        }
    }

    private ZoneId zoneOf(Change change) {
        return views.find(signedIn.actor(), "session/undo", change.sessionId())
                .site()
                .zone();
    }

    /** Does it, and keeps everything that was typed where it is refused. */
    private void attempt(Supplier<Change> work) {
        try {
            done(work.get());
        } catch (Refused refused) {
            show(refused);
        } catch (Stale stale) {
            compare();
        } catch (NotAllowed denied) {
            reply.refuse(Words.text("board.refused.others"));
        } catch (Invalid invalid) {
            refusals = List.of();
            alternatives = Alternatives.NONE;
            Notices.wrong(fieldOf(invalid.field()), Notices.text(invalid));
        }
    }

    private void done(Change change) {
        int number = last.remember(change);
        draft.drop(draftToken);
        SessionView now = find(change.sessionId());
        Instant start = now.slot().start();
        String key = "session.panel.done."
                + (now.lateCancelled() ? "LATE_CANCELLED" : change.kind().name());
        String said = Words.text(
                key,
                Formats.moment(start, now.site().zone()),
                now.therapist().name(),
                now.room().name());
        String told = PanelReply.told(change, start, now.site().zone());
        heldUntil = null;
        open = false;
        reply.close();
        reply.changed(told.isEmpty() ? said : said + " " + told, number);
        if (change.kind() == Change.Kind.CANCELLED && signedIn.actor().hasAny(Role.DESK, Role.LEAD)) {
            offer(now);
        }
    }

    /** A time that has become free shows at once whether someone waits for it. */
    private void offer(SessionView gone) {
        int suited = waitlist.suited(
                signedIn.actor(),
                new Waitlist.Time(
                        gone.modality().code(),
                        gone.slot(),
                        gone.therapist().id(),
                        gone.site().id()));
        if (suited > 0) {
            reply.link(Words.text("session.panel.suited", suited), "/waitlist/list?session=" + gone.id());
        }
    }

    private void show(Refused refused) {
        Instant wanted = wantedOr(clock.instant());
        refusals = Words.refusals(wanted, zone()).sentences(ShownRefusals.of(refused.refusals()));
        alternatives = refused.alternatives();
        softRules = refused.isSoft()
                ? refused.refusals().stream().map(Refusal::rule).distinct().toList()
                : List.of();
        discrepancies = List.of();
        reply.focus(softRules.isEmpty() ? "bookingRefusal" : "bookingReason");
    }

    private Instant wantedOr(Instant otherwise) {
        try {
            return form.start(zone());
        } catch (Invalid e) {
            return otherwise;
        }
    }

    /** Another desk was faster: shows what it has changed. */
    private void compare() {
        SessionView read = Objects.requireNonNull(session);
        SessionView now = find(read.id());
        forgetRefusal();
        theirs = now;
        discrepancies = Discrepancy.between(read, now);
        form.follow(read, now);
        reply.focus("bookingStale");
    }

    private RuleOverride override() {
        return softRules.isEmpty() || reason.isBlank()
                ? RuleOverride.NONE
                : new RuleOverride(Set.copyOf(softRules), reason);
    }

    /** The field of the page for one of the API. */
    private static String fieldOf(String field) {
        return switch (field) {
            case "patients", "patient" -> "bookingPatient";
            case "start" -> "bookingTime";
            case "site" -> "bookingSite";
            case "reason" -> "bookingCancelReason";
            case "modality", "date", "time", "minutes", "therapist", "room" ->
                "booking" + field.substring(0, 1).toUpperCase(Locale.ROOT) + field.substring(1);
            default -> "";
        };
    }

    // --- what there is to choose, and always what stands
    // --------------------------------------------------------------

    public List<SelectItem> getModalityItems() {
        List<SelectItem> items = new ArrayList<>();
        choices.getModalities().forEach(m -> items.add(new SelectItem(m.code(), m.name())));
        SessionView shown = session;
        return shown == null
                ? items
                : including(items, shown.modality().code(), shown.modality().name());
    }

    public List<SelectItem> getTherapistItems() {
        List<SelectItem> items = new ArrayList<>();
        choices.getTherapists().forEach(t -> items.add(new SelectItem(t.id(), t.name())));
        SessionView shown = session;
        return shown == null
                ? items
                : including(items, shown.therapist().id(), shown.therapist().name());
    }

    /** The rooms of the chosen site. */
    public List<SelectItem> getRoomItems() {
        List<SelectItem> items = new ArrayList<>();
        choices.rooms(form.getSite()).forEach(r -> items.add(new SelectItem(r.id(), r.name())));
        SessionView shown = session;
        return shown == null || !Objects.equals(form.getSite(), shown.site().id())
                ? items
                : including(items, shown.room().id(), shown.room().name());
    }

    private static List<SelectItem> including(List<SelectItem> items, Object standing, String name) {
        if (items.stream().noneMatch(item -> item.getValue().equals(standing))) {
            items.add(0, new SelectItem(standing, name));
        }
        return items;
    }

    /** Why sessions are mostly cancelled. */
    public List<String> getUsualReasons() {
        return List.of(Words.text("session.panel.usualReasons").split("\\s*;\\s*", -1));
    }

    // --- what the panel shows ---------------------------------------------------------------------------------------

    public boolean isOpen() {
        return open;
    }

    /** How many dates its series has without the session that is about to be cancelled; null: it is in none. */
    public @Nullable Integer getDatesLeft() {
        return datesLeft;
    }

    /** Whether a date is added at the end of its series. */
    public boolean isExtend() {
        return extend;
    }

    public void setExtend(boolean extend) {
        this.extend = extend;
    }

    public BookingForm getForm() {
        return form;
    }

    public @Nullable SessionView getSession() {
        return session;
    }

    /** After attendance was marked: the session as it stands, and what was typed as it is. */
    void reread() {
        if (open && session != null) {
            session = find(session.id());
        }
    }

    /** A mark came too late: shows what another desk has changed, over what was typed where there is something to type. */
    void outrun() {
        SessionView read = open ? session : null;
        if (read != null && isChangeable()) {
            compare();
        } else if (read != null) {
            show(find(read.id()));
        }
    }

    /** Whether the session may still be moved, changed or cancelled, or is a new one. */
    public boolean isChangeable() {
        SessionView shown = session;
        return shown == null
                || (shown.isLive()
                        && shown.slot().start().isAfter(clock.instant())
                        && shown.participants().stream()
                                .noneMatch(p -> p.state().isMarked()));
    }

    public List<SessionRecord.Step> getSteps() {
        return session == null ? List.of() : sessionRecord.of(session);
    }

    /** The soft rules that the session was booked against, in words. */
    public boolean isOverridden() {
        return session != null && !session.overridden().isEmpty();
    }

    public boolean isCancelling() {
        return cancelling;
    }

    /** Whether a cancellation now would be a late one. */
    public boolean isLate() {
        return session != null
                && clock.instant()
                        .plus(Duration.ofHours(settings.lateCancellationHours()))
                        .isAfter(session.slot().start());
    }

    public int getLateHours() {
        return settings.lateCancellationHours();
    }

    public List<String> getRefusals() {
        return refusals;
    }

    public Alternatives getAlternatives() {
        return alternatives;
    }

    public boolean isReasonAsked() {
        return !softRules.isEmpty();
    }

    public List<Discrepancy> getDiscrepancies() {
        return discrepancies;
    }

    /** Whether another desk has changed the session since it was read. */
    public boolean isStale() {
        return theirs != null;
    }

    /** Whether what was typed can still be saved over what the other desk did. */
    public boolean isTheirsChangeable() {
        return theirs != null && theirs.isLive() && theirs.slot().start().isAfter(clock.instant());
    }

    /** For how many more seconds the time is kept; 0: it is not. */
    public long getHeldSeconds() {
        return heldUntil == null
                ? 0
                : Math.max(0, Duration.between(clock.instant(), heldUntil).toSeconds());
    }

    public boolean isHeld() {
        return heldUntil != null;
    }

    /** When a way out begins, without what goes without saying. */
    public String when(FreeTime free) {
        return Words.refusals(wantedOr(clock.instant()), zone()).time(free);
    }

    public String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason == null ? "" : reason;
    }

    public String getCancelReason() {
        return cancelReason;
    }

    public void setCancelReason(@Nullable String cancelReason) {
        this.cancelReason = cancelReason == null ? "" : cancelReason;
    }
}
