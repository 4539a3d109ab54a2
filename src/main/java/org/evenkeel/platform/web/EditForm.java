package org.evenkeel.platform.web;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.evenkeel.shared.Difference;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.Reconciled;
import org.evenkeel.shared.Stale;
import org.evenkeel.shared.Versioned;
import org.jspecify.annotations.Nullable;

/**
 * A form that creates or edits something that others may edit at the same time. Whoever saves too late sees what was changed
 * meanwhile, keeps what they typed, and may save again: what they had left alone has followed the others.
 *
 * @param <D> what the form says
 */
public abstract class EditForm<D extends Record> implements Serializable {
    private static final long serialVersionUID = 1L;

    private @Nullable Long id;
    private @Nullable Versioned<D> seen;
    private List<Difference> changes = List.of();
    private Set<String> contested = Set.of();

    /** Reads what there is; checks that the user may edit it. */
    protected abstract Versioned<D> read(long existing);

    /** Puts it into the fields, in the place of what stands there. */
    protected abstract void show(D details);

    /** What stands in the fields. */
    protected abstract D typed();

    /** Creates it and returns its id. */
    protected abstract long create(D details);

    protected abstract void change(long existing, long version, D details);

    /** Where to go when it is saved, with a message of what was done already given. */
    protected abstract String saved(long savedId);

    /** A value of a field in words of the user; a collection is asked about each of its elements. */
    protected String inWords(String field, Object value) {
        return value.toString();
    }

    /** Reads what is to be edited, if there is something. */
    public void open() {
        if (id != null) {
            Versioned<D> found = read(id);
            seen = found;
            show(found.details());
        }
    }

    /** Creates or changes it; what was typed stays where that is refused. */
    public @Nullable String save() {
        try {
            return write(typed());
        } catch (Invalid e) {
            Notices.invalid(e);
            return null;
        }
    }

    private @Nullable String write(D details) {
        Versioned<D> before = seen;
        if (before == null) {
            return saved(create(details));
        }
        try {
            change(before.id(), before.version(), details);
        } catch (Stale e) {
            reconcile(before, details);
            return null;
        }
        return saved(before.id());
    }

    private void reconcile(Versioned<D> before, D typed) {
        Versioned<D> now = read(before.id());
        Reconciled<D> both = Reconciled.of(before.details(), typed, now.details());
        seen = now;
        changes = both.changes();
        contested = both.contested();
        show(both.details());
        Notices.again("form.stale");
    }

    /** What somebody else changed since the form was opened; empty unless saving was refused for it. */
    public List<Difference> getChanges() {
        return changes;
    }

    /** Whether the user has typed something else into a field that somebody else changed, so that saving again overwrites it. */
    public boolean isContested(String field) {
        return contested.contains(field);
    }

    /** A value of a difference in words. */
    public String words(String field, @Nullable Object value) {
        if (value == null || "".equals(value) || value instanceof Collection<?> none && none.isEmpty()) {
            return "\u2013";
        }
        if (value instanceof Boolean yes) {
            return Notices.text(yes ? "form.yes" : "form.no");
        }
        return value instanceof Collection<?> all
                ? all.stream().map(one -> inWords(field, one)).collect(Collectors.joining("; "))
                : inWords(field, value);
    }

    public boolean isFresh() {
        return id == null;
    }

    public @Nullable Long getId() {
        return id;
    }

    public void setId(@Nullable Long id) {
        this.id = id;
    }
}
