package org.evenkeel.platform.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Named;
import java.net.MalformedURLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the frame of every page asks about the page and the application. */
@Named
@ApplicationScoped
public class Shell {
    private final Map<String, Boolean> pages = new ConcurrentHashMap<>();

    /** Whether the page contains PrimeFaces components; only then are their looks worth loading. */
    public boolean isWidgets() {
        FacesContext faces = FacesContext.getCurrentInstance();
        return faces.getViewRoot().getComponentResources(faces, "head").stream().anyMatch(resource -> "components.css"
                .equals(resource.getAttributes().get("name")));
    }

    /** Whether there is such a page, such as {@code /patient/list}. */
    public boolean has(String page) {
        return pages.computeIfAbsent(page, path -> {
            try {
                return FacesContext.getCurrentInstance().getExternalContext().getResource(path + ".xhtml") != null;
            } catch (MalformedURLException e) {
                return false;
            }
        });
    }

    /** "page" for the page that is shown, "false" for others, as {@code aria-current} wants it. */
    public String current(String page) {
        String shown = FacesContext.getCurrentInstance().getViewRoot().getViewId();
        return shown.equals(page + ".xhtml") ? "page" : "false";
    }
}
