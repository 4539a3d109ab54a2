package org.evenkeel.roster.web;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.identity.web.Me;
import org.evenkeel.roster.DaySheets;
import org.evenkeel.roster.Roster;
import org.evenkeel.shared.NotAllowed;

/** The day sheet as a file; its name tells the date alone. */
@WebServlet("/roster/sheet.csv")
public class SheetFile extends HttpServlet {
    private static final long serialVersionUID = 1L;
    /** Without it a spreadsheet takes the letters for those of its own country. */
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    @Inject
    private transient DaySheets sheets;

    @Inject
    private transient Roster roster;

    @Inject
    private transient SignedIn signedIn;

    @Inject
    private transient Me me;

    @SuppressWarnings("NullAway.Init")
    public SheetFile() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SheetOf asked = SheetOf.of(
                request.getParameter("date"),
                request.getParameter("therapist"),
                request.getParameter("site"),
                request.getParameter("initials"));
        try {
            LocalDate date =
                    asked.date() == null ? roster.today(signedIn.actor().therapistId()) : asked.date();
            String csv = sheets.csv(
                    signedIn.actor(), date, asked.therapist(), asked.site(), asked.initials() || me.isDiscreet());
            response.setContentType("text/csv;charset=UTF-8");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("Content-Disposition", "attachment; filename=\"day-sheet-" + date + ".csv\"");
            response.getWriter().print(BYTE_ORDER_MARK + csv);
        } catch (NotAllowed e) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }
}
