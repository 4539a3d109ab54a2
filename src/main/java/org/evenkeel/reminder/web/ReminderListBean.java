package org.evenkeel.reminder.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.patient.web.ShownName;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.platform.web.Paging;
import org.evenkeel.reminder.ReminderList;
import org.evenkeel.reminder.ReminderList.Kind;
import org.evenkeel.reminder.ReminderList.Row;
import org.evenkeel.reminder.ReminderList.Way;
import org.evenkeel.shared.Invalid;
import org.jspecify.annotations.Nullable;

/** What needs somebody, with the ways out of it. */
@Named("reminderList")
@ViewScoped
public class ReminderListBean implements Serializable {
    private static final long serialVersionUID = 1L;

    private transient ReminderList list;
    private transient CallsWaiting calls;
    private transient SignedIn signedIn;

    private @Nullable Kind kind;
    private boolean over;
    private int page = 1;
    private ReminderList.Page found = new ReminderList.Page(List.of(), 0, Map.of());

    @SuppressWarnings("NullAway.Init")
    protected ReminderListBean() {}

    @Inject
    public ReminderListBean(ReminderList list, CallsWaiting calls, SignedIn signedIn) {
        this.list = list;
        this.calls = calls;
        this.signedIn = signedIn;
    }

    public void open() {
        page = Math.max(1, page);
        found = list.list(signedIn.actor(), kind, over, Paging.first(page), Paging.SIZE);
        if (found.items().isEmpty() && page > 1) {
            page = 1;
            open();
        }
    }

    /** Somebody has called the patient. */
    public String told(Row row) {
        list.settle(signedIn.actor(), row.id());
        Notices.done("reminder.list.settled", ShownName.of(row.patient()));
        return again();
    }

    /** @param maybeTwice that it may arrive twice, as was confirmed */
    public @Nullable String send(Row row, Way way, boolean maybeTwice) {
        try {
            list.sendAgain(signedIn.actor(), row.id(), way.channel(), maybeTwice);
            Notices.done(
                    "reminder.list.sentAgain",
                    ShownName.of(row.patient()),
                    Notices.text("reminder.channel." + way.channel()));
            return again();
        } catch (Invalid e) {
            Notices.invalid(e);
            return null;
        }
    }

    private String again() {
        calls.forget();
        return "/reminder/list?faces-redirect=true&includeViewParams=true";
    }

    public List<Row> getRows() {
        return found.items();
    }

    public int getPages() {
        return Paging.pages(found.total());
    }

    public List<Kind> getKinds() {
        return List.of(Kind.values());
    }

    /** How many there are of a kind; null: of all that call for a telephone. */
    public int count(@Nullable Kind wanted) {
        return wanted == null
                ? Kind.TO_CALL.stream()
                        .mapToInt(k -> found.counts().getOrDefault(k, 0))
                        .sum()
                : found.counts().getOrDefault(wanted, 0);
    }

    public @Nullable Kind getKind() {
        return kind;
    }

    public void setKind(@Nullable Kind kind) {
        this.kind = kind;
    }

    public boolean isOver() {
        return over;
    }

    public void setOver(boolean over) {
        this.over = over;
    }

    public int getPage() {
        return page;
    }

    public void setPage(int page) {
        this.page = page;
    }
}
