package org.evenkeel.patient.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.patient.ImportOptions;
import org.evenkeel.patient.ImportOutcome;
import org.evenkeel.patient.ImportRun;
import org.evenkeel.patient.PatientImport;
import org.evenkeel.platform.web.Formats;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.platform.web.Paging;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Page;
import org.jspecify.annotations.Nullable;

/**
 * Importing patients: a file and how to read it; then what a run has made, or would make, of each line. It remembers the run for the
 * view, since neither the poll nor the buttons send its address along.
 */
@Named("patientImport")
@ViewScoped
public class PatientImportBean implements Serializable {
    private static final long serialVersionUID = 1L;

    private transient PatientImport imports;
    private transient SignedIn signedIn;

    private transient @Nullable Part file;
    private boolean cleanNames = true;
    private ImportOptions.Encoding encoding = ImportOptions.Encoding.DETECT;

    private String runId = "";
    private ImportOutcome.@Nullable Kind kind;
    private int page = 1;
    private transient @Nullable ImportRun run;
    private transient Page<ImportOutcome> outcomes = Page.empty();

    @SuppressWarnings("NullAway.Init")
    protected PatientImportBean() {}

    @Inject
    public PatientImportBean(PatientImport imports, SignedIn signedIn) {
        this.imports = imports;
        this.signedIn = signedIn;
    }

    public void open() {
        signedIn.require("import patients", Role.LEAD);
        if (!runId.isEmpty()) {
            ImportRun found = imports.find(signedIn.actor(), runId).orElseThrow(() -> new NotFound("import", runId));
            run = found;
            outcomes = found.outcomes(kind, Paging.first(page), Paging.SIZE);
        }
    }

    /** Reads the file without changing anything. */
    public @Nullable String check() {
        if (file == null || file.getSize() == 0) {
            Notices.wrong("file", Notices.text("patient.import.fileMissing"));
            return null;
        }
        try (InputStream csv = file.getInputStream()) {
            ImportOptions options = new ImportOptions(cleanNames, encoding, true, Formats.locale());
            return page(imports.start(signedIn.actor(), csv, options));
        } catch (Invalid e) {
            Notices.invalid(e);
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the file of this dry run again, for real. */
    public @Nullable String importNow() {
        try {
            return page(imports.startForReal(signedIn.actor(), runId));
        } catch (Invalid e) {
            Notices.wrong("", Notices.text(e));
            return null;
        }
    }

    public String stop() {
        imports.stop(signedIn.actor(), runId);
        return "/patient/import?faces-redirect=true&run=" + runId;
    }

    private static String page(ImportRun started) {
        return "/patient/import?faces-redirect=true&run=" + started.id();
    }

    public @Nullable ImportRun getRun() {
        return run;
    }

    public int count(ImportOutcome.Kind of) {
        return run == null ? 0 : run.count(of);
    }

    public List<ImportOutcome.Kind> getKinds() {
        return List.of(ImportOutcome.Kind.values());
    }

    public List<ImportOutcome> getOutcomes() {
        return outcomes.items();
    }

    public int getPages() {
        return Paging.pages(outcomes.total());
    }

    public List<ImportOptions.Encoding> getEncodings() {
        return List.of(ImportOptions.Encoding.values());
    }

    public @Nullable Part getFile() {
        return file;
    }

    public void setFile(@Nullable Part file) {
        this.file = file;
    }

    public boolean isCleanNames() {
        return cleanNames;
    }

    public void setCleanNames(boolean cleanNames) {
        this.cleanNames = cleanNames;
    }

    public ImportOptions.Encoding getEncoding() {
        return encoding;
    }

    public void setEncoding(ImportOptions.Encoding encoding) {
        this.encoding = encoding;
    }

    public String getRunId() {
        return runId;
    }

    public void setRunId(String runId) {
        this.runId = runId;
    }

    public ImportOutcome.@Nullable Kind getKind() {
        return kind;
    }

    public void setKind(ImportOutcome.@Nullable Kind kind) {
        this.kind = kind;
    }

    public int getPage() {
        return page;
    }

    public void setPage(int page) {
        this.page = page;
    }
}
