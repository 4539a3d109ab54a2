package org.evenkeel.board.web;

import jakarta.faces.context.FacesContext;
import jakarta.faces.render.FacesRenderer;
import java.io.IOException;
import java.util.Locale;
import org.evenkeel.board.DayBoard;
import org.primefaces.renderkit.CoreRenderer;
import org.primefaces.util.WidgetBuilder;

/** The board's table and the script that makes it answer to keys and pointers. */
@FacesRenderer(componentFamily = BoardComponent.FAMILY, rendererType = BoardRenderer.TYPE)
public class BoardRenderer extends CoreRenderer<BoardComponent> {
    public static final String TYPE = "org.evenkeel.BoardRenderer";

    @Override
    public void decode(FacesContext faces, BoardComponent component) {
        decodeBehaviors(faces, component);
    }

    @Override
    public void encodeEnd(FacesContext faces, BoardComponent board) throws IOException {
        DayBoard day = board.board();
        if (day == null) {
            return;
        }
        Locale locale = faces.getViewRoot().getLocale();
        String icons = faces.getApplication()
                .getResourceHandler()
                .createResource("img/icons.svg", "evenkeel")
                .getRequestPath();
        new BoardTable(
                        faces.getResponseWriter(),
                        board,
                        day,
                        board.getClientId(faces),
                        icons,
                        board.isOn("discreet"),
                        locale)
                .write();
        script(faces, board, day);
    }

    private void script(FacesContext faces, BoardComponent board, DayBoard day) throws IOException {
        WidgetBuilder widget = getWidgetBuilder(faces);
        widget.init("DayBoard", board)
                .attr("date", day.date().toString())
                .attr("site", day.site().id())
                .attr("zone", day.site().zone().getId())
                .attr("keys", board.isOn("keys"))
                .attr("own", board.isOn("own"));
        encodeClientBehaviors(faces, board);
        widget.finish();
    }
}
