package org.evenkeel.platform.web;

import jakarta.faces.application.Application;
import jakarta.faces.event.SystemEvent;
import jakarta.faces.event.SystemEventListener;

/**
 * Has Faces find out its project stage while it starts. It keeps the answer, but can only find it within a Faces request, and
 * the filter for addresses without an extension asks before the first one has begun.
 */
public class FacesStart implements SystemEventListener {

    @Override
    public void processEvent(SystemEvent event) {
        ((Application) event.getSource()).getProjectStage();
    }

    @Override
    public boolean isListenerForSource(Object source) {
        return source instanceof Application;
    }
}
