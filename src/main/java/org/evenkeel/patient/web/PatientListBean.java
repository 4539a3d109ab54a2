package org.evenkeel.patient.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.patient.PatientRegister;
import org.evenkeel.patient.PatientRow;
import org.evenkeel.platform.web.Paging;
import org.evenkeel.shared.Page;

/** Finding patients. */
@Named("patientList")
@RequestScoped
public class PatientListBean {
    private PatientRegister register;
    private SignedIn signedIn;

    private String search = "";
    private int page = 1;
    private Page<PatientRow> found = Page.empty();

    @SuppressWarnings("NullAway.Init")
    protected PatientListBean() {}

    @Inject
    public PatientListBean(PatientRegister register, SignedIn signedIn) {
        this.register = register;
        this.signedIn = signedIn;
    }

    public void open() {
        found = register.search(signedIn.actor(), search, "patient/list", Paging.first(page), Paging.SIZE);
    }

    /** Whether nothing was found since too little was typed to find anyone by. */
    public boolean isTooShort() {
        return found.items().isEmpty() && register.isTooShort(signedIn.actor(), search);
    }

    public List<PatientRow> getRows() {
        return found.items();
    }

    public long getTotal() {
        return found.total();
    }

    public int getPages() {
        return Paging.pages(found.total());
    }

    public String getSearch() {
        return search;
    }

    public void setSearch(String search) {
        this.search = search.strip();
    }

    public int getPage() {
        return page;
    }

    public void setPage(int page) {
        this.page = page;
    }
}
