package org.evenkeel.modality.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.modality.ModalityRegister;
import org.evenkeel.modality.ModalityRow;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.platform.web.Paging;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Page;

/** The list of modalities. */
@Named("modalityList")
@RequestScoped
public class ModalityListBean {
    private ModalityRegister register;
    private SignedIn signedIn;

    private int page = 1;
    private Page<ModalityRow> found = Page.empty();

    @SuppressWarnings("NullAway.Init")
    protected ModalityListBean() {}

    @Inject
    public ModalityListBean(ModalityRegister register, SignedIn signedIn) {
        this.register = register;
        this.signedIn = signedIn;
    }

    public void open() {
        found = register.list(signedIn.actor(), Paging.first(page), Paging.SIZE);
    }

    /** Adds those that most centres have, to an empty list. */
    public String addUsual() {
        try {
            register.addUsual(signedIn.actor());
            Notices.done("modality.list.usualAdded");
        } catch (Invalid e) {
            Notices.invalid(e);
        }
        return "/modality/list?faces-redirect=true";
    }

    public List<ModalityRow> getRows() {
        return found.items();
    }

    public int getPages() {
        return Paging.pages(found.total());
    }

    public int getPage() {
        return page;
    }

    public void setPage(int page) {
        this.page = page;
    }
}
