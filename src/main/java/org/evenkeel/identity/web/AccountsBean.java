package org.evenkeel.identity.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.evenkeel.identity.Account;
import org.evenkeel.identity.AccountAdministration;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;

/** The list of accounts. */
@Named("accounts")
@RequestScoped
public class AccountsBean {
    private static final int PAGE_SIZE = 25;

    private final AccountAdministration administration;
    private final SignedIn signedIn;

    private String search = "";
    private int page = 1;
    private AccountAdministration.Page found = new AccountAdministration.Page(List.of(), 0);

    @Inject
    public AccountsBean(AccountAdministration administration, SignedIn signedIn) {
        this.administration = administration;
        this.signedIn = signedIn;
    }

    @SuppressWarnings("NullAway")
    protected AccountsBean() {
        this(null, null);
    }

    /** A row of the list. */
    public record Row(long id, String username, String displayName, List<String> roles, boolean active) {
        static Row of(Account account) {
            return new Row(
                    account.id(),
                    account.username(),
                    account.displayName(),
                    account.roles().stream().sorted().map(Role::name).toList(),
                    account.isActive());
        }
    }

    public void open() {
        page = Math.max(1, page);
        found = administration.list(signedIn.actor(), search, (page - 1) * PAGE_SIZE, PAGE_SIZE);
    }

    public List<Row> getRows() {
        return found.accounts().stream().map(Row::of).toList();
    }

    public int getPages() {
        return (int) Math.max(1, (found.total() + PAGE_SIZE - 1) / PAGE_SIZE);
    }

    public String getSearch() {
        return search;
    }

    public void setSearch(String search) {
        this.search = search == null ? "" : search;
    }

    public int getPage() {
        return page;
    }

    public void setPage(int page) {
        this.page = page;
    }
}
