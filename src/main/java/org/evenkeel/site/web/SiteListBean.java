package org.evenkeel.site.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.platform.web.Paging;
import org.evenkeel.shared.Page;
import org.evenkeel.site.SiteRegister;
import org.evenkeel.site.SiteRow;

/** The list of sites. */
@Named("siteList")
@RequestScoped
public class SiteListBean {
    private SiteRegister register;
    private SignedIn signedIn;

    private int page = 1;
    private Page<SiteRow> found = Page.empty();

    @SuppressWarnings("NullAway.Init")
    protected SiteListBean() {}

    @Inject
    public SiteListBean(SiteRegister register, SignedIn signedIn) {
        this.register = register;
        this.signedIn = signedIn;
    }

    public void open() {
        found = register.list(signedIn.actor(), Paging.first(page), Paging.SIZE);
    }

    public List<SiteRow> getRows() {
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
