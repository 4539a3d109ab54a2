package org.evenkeel.board.web;

import jakarta.faces.component.UIComponent;
import jakarta.faces.context.ResponseWriter;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** A response writer without Faces around it: well-formed XML into a string. */
class PlainWriter extends ResponseWriter {
    private final StringBuilder out = new StringBuilder();
    private boolean open;

    @Override
    public String toString() {
        return out.toString();
    }

    @Override
    public void startElement(String name, @Nullable UIComponent component) {
        closeTag();
        out.append('<').append(name);
        open = true;
    }

    @Override
    public void writeAttribute(String name, Object value, @Nullable String property) {
        out.append(' ').append(name).append("=\"").append(escape(value)).append('"');
    }

    @Override
    public void writeText(Object text, @Nullable String property) {
        closeTag();
        out.append(escape(text));
    }

    @Override
    public void endElement(String name) {
        closeTag();
        out.append("</").append(name).append('>');
    }

    private void closeTag() {
        out.append(open ? ">" : "");
        open = false;
    }

    private static String escape(Object value) {
        return String.valueOf(value).replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    @Override
    public String getContentType() {
        return "text/html";
    }

    @Override
    public String getCharacterEncoding() {
        return "UTF-8";
    }

    @Override
    public void flush() {}

    @Override
    public void startDocument() {}

    @Override
    public void endDocument() {}

    @Override
    public void writeURIAttribute(String name, Object value, @Nullable String property) {
        writeAttribute(name, value, property);
    }

    @Override
    public void writeComment(Object comment) {}

    @Override
    public void writeText(char[] text, int offset, int length) {
        writeText(new String(text, offset, length), null);
    }

    @Override
    public ResponseWriter cloneWithWriter(Writer writer) {
        return this;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        throw new IOException("Unescaped text");
    }

    @Override
    public void close() {}
}
