package org.evenkeel.therapist.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.modality.ModalityRegister;
import org.evenkeel.platform.web.Paging;
import org.evenkeel.shared.Page;
import org.evenkeel.therapist.TherapistRegister;
import org.evenkeel.therapist.TherapistRow;

/** The list of therapists. */
@Named("therapistList")
@RequestScoped
public class TherapistListBean {
    private TherapistRegister register;
    private ModalityRegister modalities;
    private SignedIn signedIn;

    private String search = "";
    private int page = 1;
    private Page<TherapistRow> found = Page.empty();
    private Map<Long, String> codes = Map.of();

    @SuppressWarnings("NullAway.Init")
    protected TherapistListBean() {}

    @Inject
    public TherapistListBean(TherapistRegister register, ModalityRegister modalities, SignedIn signedIn) {
        this.register = register;
        this.modalities = modalities;
        this.signedIn = signedIn;
    }

    public void open() {
        found = register.list(signedIn.actor(), search, Paging.first(page), Paging.SIZE);
        codes = ModalityChoices.codes(modalities, signedIn.actor());
    }

    public List<TherapistRow> getRows() {
        return found.items();
    }

    /** The codes of what a therapist is qualified for. */
    public List<String> codesOf(TherapistRow row) {
        return row.modalityIds().stream()
                .map(id -> codes.getOrDefault(id, ""))
                .sorted()
                .toList();
    }

    public int getPages() {
        return Paging.pages(found.total());
    }

    public String getSearch() {
        return search;
    }

    public void setSearch(String search) {
        this.search = search;
    }

    public int getPage() {
        return page;
    }

    public void setPage(int page) {
        this.page = page;
    }
}
