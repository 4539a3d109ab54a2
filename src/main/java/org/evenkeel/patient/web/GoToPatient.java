package org.evenkeel.patient.web;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonWriter;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.patient.PatientRegister;
import org.evenkeel.patient.PatientRow;

/**
 * Finds patients for "Go to" (Ctrl+K). What is typed comes in the body of a POST, so that names are in no address; nobody who may
 * not look for patients finds any.
 */
@WebServlet("/patient/goto")
public class GoToPatient extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 8;
    private static final int LEAST_LETTERS = 3;

    @Inject
    private transient SignedIn signedIn;

    @Inject
    private transient PatientRegister patients;

    @SuppressWarnings("NullAway.Init")
    public GoToPatient() {}

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String typed = request.getParameter("q");
        JsonArrayBuilder found = Json.createArrayBuilder();
        if (typed != null
                && typed.strip().length() >= LEAST_LETTERS
                && signedIn.actor().hasAny(Role.DESK, Role.THERAPIST, Role.LEAD)) {
            patients.search(signedIn.actor(), typed, "goto", 0, MOST)
                    .items()
                    .forEach(row -> found.add(Json.createObjectBuilder()
                            .add("id", row.id())
                            .add("name", row.displayName())
                            .add("hint", hint(row))));
        }
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        try (JsonWriter writer = Json.createWriter(response.getWriter())) {
            writer.write(found.build());
        }
    }

    /** Tells people of one name apart. */
    private static String hint(PatientRow row) {
        return row.birthDate() == null ? row.recordNumber() : row.recordNumber() + ", " + row.birthDate();
    }
}
