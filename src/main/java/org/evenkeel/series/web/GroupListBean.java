package org.evenkeel.series.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.platform.web.Paging;
import org.evenkeel.series.GroupRow;
import org.evenkeel.series.Groups;
import org.evenkeel.series.Groups.TooSmall;
import org.evenkeel.shared.NotFound;
import org.jspecify.annotations.Nullable;

/** The list of groups, and the dates of groups that the desk has to decide on. */
@Named("groupList")
@ViewScoped
public class GroupListBean implements Serializable {
    private static final long serialVersionUID = 1L;

    private transient Groups groups;
    private transient SignedIn signedIn;

    private String name = "";
    private @Nullable Long therapist;
    private @Nullable Long site;
    private String modality = "";
    private boolean ended;
    private boolean individual;
    private int page = 1;
    private List<GroupRow> rows = List.of();
    private boolean more;
    private List<TooSmall> tooSmall = List.of();

    @SuppressWarnings("NullAway.Init")
    protected GroupListBean() {}

    @Inject
    public GroupListBean(Groups groups, SignedIn signedIn) {
        this.groups = groups;
        this.signedIn = signedIn;
    }

    public void open() {
        Groups.Filter filter = new Groups.Filter(
                therapist,
                site,
                modality.isEmpty() ? null : modality,
                individual ? null : true,
                ended ? null : true,
                name);
        Groups.Page found = groups.list(signedIn.actor(), filter, Paging.first(page), Paging.SIZE);
        rows = found.items();
        more = found.more();
        tooSmall = signedIn.actor().hasAny(Role.DESK, Role.LEAD) ? groups.tooSmall(signedIn.actor()) : List.of();
    }

    /** To the first page of what the filter finds; the address says what was asked for. */
    public String search() {
        page = 1;
        return here();
    }

    /** The date is held although few come. */
    public String hold(long sessionId) {
        try {
            groups.holdAnyway(signedIn.actor(), sessionId);
            Notices.done("group.list.heldAnyway");
        } catch (NotFound e) {
            Notices.done("group.list.gone");
        }
        return here();
    }

    private static String here() {
        return "/group/list?faces-redirect=true&includeViewParams=true";
    }

    public List<GroupRow> getRows() {
        return rows;
    }

    /** Dates below their minimum whose cut-off has come. */
    public List<TooSmall> getTooSmall() {
        return tooSmall;
    }

    /** The number of the last page that is known of. */
    public int getPages() {
        return more ? page + 1 : page;
    }

    public boolean isFiltered() {
        return !name.isBlank() || therapist != null || site != null || !modality.isEmpty();
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name.strip();
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

    public String getModality() {
        return modality;
    }

    public void setModality(String modality) {
        this.modality = modality;
    }

    public boolean isEnded() {
        return ended;
    }

    public void setEnded(boolean ended) {
        this.ended = ended;
    }

    public boolean isIndividual() {
        return individual;
    }

    public void setIndividual(boolean individual) {
        this.individual = individual;
    }

    public int getPage() {
        return page;
    }

    public void setPage(int page) {
        this.page = Math.max(1, page);
    }
}
