package org.evenkeel.platform.web;

import jakarta.faces.component.UIViewRoot;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseEvent;
import jakarta.faces.event.PhaseId;
import jakarta.faces.event.PhaseListener;
import org.jspecify.annotations.Nullable;

/** Puts the nonce from {@link PageNonce} in the place of the one that PrimeFaces remembers of the page that sent the form. */
public class PageNonceListener implements PhaseListener {
    private static final long serialVersionUID = 1L;

    @Override
    public void afterPhase(PhaseEvent event) {
        FacesContext faces = event.getFacesContext();
        @Nullable UIViewRoot view = faces.getViewRoot();
        if (view != null
                && !view.isTransient()
                && faces.isPostback()
                && !faces.getPartialViewContext().isAjaxRequest()) {
            String nonce = faces.getExternalContext().getRequestParameterMap().get(PageNonce.PARAMETER);
            view.getViewMap(true).put(PageNonce.PARAMETER, nonce);
        }
    }

    @Override
    public PhaseId getPhaseId() {
        return PhaseId.RESTORE_VIEW;
    }
}
