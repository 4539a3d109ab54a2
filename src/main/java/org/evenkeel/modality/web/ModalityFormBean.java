package org.evenkeel.modality.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.stream.IntStream;
import org.evenkeel.identity.Role;
import org.evenkeel.identity.SignedIn;
import org.evenkeel.modality.Modality;
import org.evenkeel.modality.ModalityDetails;
import org.evenkeel.modality.ModalityRegister;
import org.evenkeel.platform.web.EditForm;
import org.evenkeel.platform.web.Notices;
import org.evenkeel.shared.Versioned;

/** The form of a modality. */
@Named("modalityForm")
@ViewScoped
public class ModalityFormBean extends EditForm<ModalityDetails> {
    private static final long serialVersionUID = 1L;

    private transient ModalityRegister register;
    private transient SignedIn signedIn;

    private String code = "";
    private String name = "";
    private Modality.Format format = Modality.Format.INDIVIDUAL;
    private int defaultMinutes = 50;
    private int defaultCapacity = 1;
    private int minimumSize = 1;
    private String qualification = "";
    private int colour;
    private boolean active = true;

    @SuppressWarnings("NullAway.Init")
    protected ModalityFormBean() {}

    @Inject
    public ModalityFormBean(ModalityRegister register, SignedIn signedIn) {
        this.register = register;
        this.signedIn = signedIn;
    }

    @Override
    public void open() {
        signedIn.require("change modalities", Role.LEAD, Role.ADMIN);
        super.open();
    }

    @Override
    protected Versioned<ModalityDetails> read(long existing) {
        return register.find(signedIn.actor(), existing);
    }

    @Override
    protected void show(ModalityDetails details) {
        code = details.code();
        name = details.name();
        format = details.format();
        defaultMinutes = details.defaultMinutes();
        defaultCapacity = details.defaultCapacity();
        minimumSize = details.minimumSize();
        qualification = details.qualification();
        colour = details.colour();
        active = details.active();
    }

    @Override
    protected ModalityDetails typed() {
        return new ModalityDetails(
                code, name, format, defaultMinutes, defaultCapacity, minimumSize, qualification, colour, active);
    }

    @Override
    protected long create(ModalityDetails details) {
        return register.add(signedIn.actor(), details);
    }

    @Override
    protected void change(long existing, long version, ModalityDetails details) {
        register.change(signedIn.actor(), existing, version, details);
    }

    @Override
    protected String saved(long savedId) {
        Notices.done(active ? "modality.edit.saved" : "modality.edit.savedInactive", name);
        return "/modality/list?faces-redirect=true";
    }

    @Override
    protected String inWords(String field, Object value) {
        if (value instanceof Modality.Format given) {
            return Notices.text("modality.format." + given);
        }
        return field.equals("colour") ? Notices.text("modality.colour." + value) : value.toString();
    }

    public List<Modality.Format> getFormats() {
        return List.of(Modality.Format.values());
    }

    public List<Integer> getColours() {
        return IntStream.range(0, ModalityDetails.COLOURS).boxed().toList();
    }

    public String getCode() {
        return code;
    }

    public void setCode(String code) {
        this.code = code;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public Modality.Format getFormat() {
        return format;
    }

    public void setFormat(Modality.Format format) {
        this.format = format;
    }

    public int getDefaultMinutes() {
        return defaultMinutes;
    }

    public void setDefaultMinutes(int defaultMinutes) {
        this.defaultMinutes = defaultMinutes;
    }

    public int getDefaultCapacity() {
        return defaultCapacity;
    }

    public void setDefaultCapacity(int defaultCapacity) {
        this.defaultCapacity = defaultCapacity;
    }

    public int getMinimumSize() {
        return minimumSize;
    }

    public void setMinimumSize(int minimumSize) {
        this.minimumSize = minimumSize;
    }

    public String getQualification() {
        return qualification;
    }

    public void setQualification(String qualification) {
        this.qualification = qualification;
    }

    public int getColour() {
        return colour;
    }

    public void setColour(int colour) {
        this.colour = colour;
    }

    public boolean isActive() {
        return active;
    }

    public void setActive(boolean active) {
        this.active = active;
    }
}
