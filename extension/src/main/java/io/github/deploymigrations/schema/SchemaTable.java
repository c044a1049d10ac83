package io.github.deploymigrations.schema;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A table or a view. Immutable.
 *
 * @param kind of it, in words: {@code table}, {@code view}
 * @param items of it, sorted
 */
record SchemaTable(String kind, SortedSet<SchemaItem> items) {
    SchemaTable {
        items = Collections.unmodifiableSortedSet(new TreeSet<>(items));
    }

    static SchemaTable of(String kind, Collection<SchemaItem> items) {
        return new SchemaTable(kind, new TreeSet<>(items));
    }

    /** The same without what a driver may spell in another way. */
    SchemaTable bare() {
        return of(kind, items.stream().map(SchemaItem::bare).collect(Collectors.toSet()));
    }
}
