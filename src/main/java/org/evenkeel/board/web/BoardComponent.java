package org.evenkeel.board.web;

import jakarta.faces.application.ResourceDependency;
import jakarta.faces.component.FacesComponent;
import jakarta.faces.component.UIComponentBase;
import jakarta.faces.component.behavior.ClientBehaviorHolder;
import java.util.Collection;
import java.util.List;
import org.evenkeel.board.DayBoard;
import org.jspecify.annotations.Nullable;
import org.primefaces.component.api.Widget;

/**
 * Therapists as columns, time as rows: one table that the arrow keys cross, with one tab stop. What its user wants is told by
 * events for {@code p:ajax}; {@link BoardEvent} has their details:
 *
 * <ul>
 *   <li>{@code book}: a free cell, by therapist and start
 *   <li>{@code open}, {@code checkin}, {@code attendance}, {@code cancel}: a session
 *   <li>{@code move}: a session, to a therapist and a start, by pointer, keys or pick and drop
 *   <li>{@code undo}: the last change
 *   <li>{@code refresh}: what is shown has been changed elsewhere
 * </ul>
 *
 * Attributes: {@code value} (a {@link DayBoard}), {@code discreet} (initials for names), {@code keys} (single-key shortcuts), {@code own} (its reader
 * is a therapist alone, who changes what they lead).
 */
@FacesComponent(BoardComponent.TYPE)
@ResourceDependency(library = "primefaces", name = "jquery/jquery.js")
@ResourceDependency(library = "primefaces", name = "core.js")
public class BoardComponent extends UIComponentBase implements ClientBehaviorHolder, Widget {
    public static final String TYPE = "org.evenkeel.Board";
    public static final String FAMILY = "org.evenkeel";

    private static final List<String> EVENTS =
            List.of("open", "book", "move", "checkin", "attendance", "roster", "cancel", "undo", "refresh");

    public BoardComponent() {
        setRendererType(BoardRenderer.TYPE);
    }

    @Override
    public String getFamily() {
        return FAMILY;
    }

    @Override
    public Collection<String> getEventNames() {
        return EVENTS;
    }

    @Override
    public String getDefaultEventName() {
        return "open";
    }

    @Override
    public @Nullable String getWidgetVar() {
        return (String) getStateHelper().eval("widgetVar", null);
    }

    public void setWidgetVar(@Nullable String name) {
        getStateHelper().put("widgetVar", name);
    }

    public @Nullable DayBoard board() {
        return (DayBoard) getAttributes().get("value");
    }

    public boolean isOn(String attribute) {
        return Boolean.TRUE.equals(getAttributes().get(attribute));
    }
}
