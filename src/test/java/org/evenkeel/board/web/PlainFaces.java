package org.evenkeel.board.web;

import jakarta.faces.application.Application;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.UIViewRoot;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.ResponseStream;
import jakarta.faces.context.ResponseWriter;
import jakarta.faces.event.PhaseId;
import jakarta.faces.lifecycle.Lifecycle;
import jakarta.faces.render.RenderKit;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** A request to Faces without Faces around it: its phase and its attributes, and nothing else. */
class PlainFaces extends FacesContext {
    private final Map<Object, Object> attributes = new HashMap<>();
    private PhaseId phase = PhaseId.ANY_PHASE;

    PlainFaces() {
        setCurrentInstance(this);
    }

    @Override
    public Map<Object, Object> getAttributes() {
        return attributes;
    }

    @Override
    public PhaseId getCurrentPhaseId() {
        return phase;
    }

    @Override
    public void setCurrentPhaseId(PhaseId now) {
        phase = now;
    }

    @Override
    public void release() {
        setCurrentInstance(null);
    }

    @Override
    public Application getApplication() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Iterator<String> getClientIdsWithMessages() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Lifecycle getLifecycle() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ExternalContext getExternalContext() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FacesMessage.Severity getMaximumSeverity() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Iterator<FacesMessage> getMessages() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Iterator<FacesMessage> getMessages(String clientId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RenderKit getRenderKit() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean getRenderResponse() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean getResponseComplete() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ResponseStream getResponseStream() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setResponseStream(ResponseStream stream) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ResponseWriter getResponseWriter() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setResponseWriter(ResponseWriter writer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public UIViewRoot getViewRoot() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setViewRoot(UIViewRoot root) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void addMessage(String clientId, FacesMessage message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void renderResponse() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void responseComplete() {
        throw new UnsupportedOperationException();
    }
}
