package io.github.deploymigrations.schema;

import java.util.Comparator;

/**
 * A part of a table. Immutable.
 *
 * @param kind of the part
 * @param name as SQL would have it; of what has none of its own, or one that the database made up, what it is about, in
 *     parentheses
 * @param detail what else there is to it; empty if nothing
 */
record SchemaItem(Kind kind, String name, String detail) implements Comparable<SchemaItem> {
    private static final Comparator<SchemaItem> ORDER = Comparator.comparing(SchemaItem::kind)
            .thenComparing(SchemaItem::name)
            .thenComparing(SchemaItem::detail);

    /** What a table is made of. */
    enum Kind {
        COLUMN("column"),
        PRIMARY_KEY("primary key"),
        FOREIGN_KEY("foreign key"),
        INDEX("index");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** The same without what a driver may spell in another way. */
    SchemaItem bare() {
        return new SchemaItem(kind, name, "");
    }

    /** For people. */
    String of(String table) {
        String whole = kind + " " + table + (name.startsWith("(") ? " " : ".") + name;
        return detail.isEmpty() ? whole : whole + " " + detail;
    }

    @Override
    public int compareTo(SchemaItem other) {
        return ORDER.compare(this, other);
    }
}
