package io.github.deploymigrations.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a schema had at one moment. Immutable.
 *
 * @param reader product and driver that said so: another one may spell the same types in another way
 * @param tables by their names as SQL would have them
 */
public record Fingerprint(String reader, SortedMap<String, SchemaTable> tables) {
    /** The first words of the text; another form of it gets another number. */
    private static final String FORM = "schema 1 by ";

    public Fingerprint {
        tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    }

    /** How many tables and views there are. */
    public int size() {
        return tables.size();
    }

    /**
     * What came since then, with {@code +} in front, and what went, with {@code -}; of a table that came or went as a whole,
     * nothing else. Between two readers names alone count.
     *
     * @return lines for people, by the names of the tables; none if nothing changed
     */
    public List<String> differenceFrom(Fingerprint before) {
        boolean sameReader = reader.equals(before.reader);
        SortedSet<String> names = new TreeSet<>(before.tables.keySet());
        names.addAll(tables.keySet());
        List<String> lines = new ArrayList<>();
        for (String name : names) {
            Optional<SchemaTable> then = Optional.ofNullable(before.tables.get(name));
            Optional<SchemaTable> now = Optional.ofNullable(tables.get(name));
            if (then.map(SchemaTable::kind).equals(now.map(SchemaTable::kind))) {
                SchemaTable old = then.orElseThrow();
                SchemaTable young = now.orElseThrow();
                lines.addAll(sameReader ? difference(name, old, young) : difference(name, old.bare(), young.bare()));
            } else {
                then.ifPresent(table -> lines.add("- " + table.kind() + " " + name));
                now.ifPresent(table -> lines.add("+ " + table.kind() + " " + name));
            }
        }
        return lines;
    }

    /** What has changed is next to what it was. */
    private static List<String> difference(String table, SchemaTable then, SchemaTable now) {
        SortedSet<SchemaItem> all = new TreeSet<>(then.items());
        all.addAll(now.items());
        Map<SchemaItem, List<SchemaItem>> groups =
                all.stream().collect(Collectors.groupingBy(SchemaItem::bare, TreeMap::new, Collectors.toList()));
        List<String> lines = new ArrayList<>();
        for (List<SchemaItem> group : groups.values()) {
            group.stream()
                    .filter(item -> !now.items().contains(item))
                    .forEach(item -> lines.add("- " + item.of(table)));
            group.stream()
                    .filter(item -> !then.items().contains(item))
                    .forEach(item -> lines.add("+ " + item.of(table)));
        }
        return lines;
    }

    /** As it is kept: a line a table and a line an item, their parts divided by tabs. */
    public String text() {
        StringBuilder text = new StringBuilder(FORM).append(reader).append('\n');
        tables.forEach((name, table) -> {
            text.append(table.kind()).append('\t').append(name).append('\n');
            for (SchemaItem item : table.items()) {
                text.append('\t').append(item.kind()).append('\t').append(item.name());
                text.append('\t').append(item.detail()).append('\n');
            }
        });
        return text.toString();
    }

    /** What was kept; empty if this release does not know its form. */
    public static Optional<Fingerprint> parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.get(0).startsWith(FORM)) {
            return Optional.empty();
        }
        SortedMap<String, SchemaTable> tables = new TreeMap<>();
        int line = 1;
        while (line < lines.size()) {
            String[] head = lines.get(line).split("\t", -1);
            SortedSet<SchemaItem> items = new TreeSet<>();
            for (line++; line < lines.size() && lines.get(line).startsWith("\t"); line++) {
                Optional<SchemaItem> item = item(lines.get(line).split("\t", -1));
                if (item.isEmpty()) {
                    return Optional.empty();
                }
                items.add(item.get());
            }
            if (head.length != 2) {
                return Optional.empty();
            }
            tables.put(head[1], new SchemaTable(head[0], items));
        }
        return Optional.of(new Fingerprint(lines.get(0).substring(FORM.length()), tables));
    }

    private static Optional<SchemaItem> item(String[] parts) {
        return Arrays.stream(SchemaItem.Kind.values())
                .filter(kind -> parts.length == 4 && kind.toString().equals(parts[1]))
                .map(kind -> new SchemaItem(kind, parts[2], parts[3]))
                .findFirst();
    }
}
