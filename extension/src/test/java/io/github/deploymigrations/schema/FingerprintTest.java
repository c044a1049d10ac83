package io.github.deploymigrations.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of two fingerprints. A line of a table begins with a blank, and has a bar between name and detail. */
class FingerprintTest {
    private static final String READER = "H2 2, H2 JDBC Driver 2.4";

    private static Fingerprint fingerprint(String reader, String... lines) {
        StringBuilder text = new StringBuilder("schema 1 by " + reader + "\n");
        for (String line : lines) {
            if (line.startsWith(" ")) {
                String kind = Arrays.stream(SchemaItem.Kind.values())
                        .map(SchemaItem.Kind::toString)
                        .filter(line.strip()::startsWith)
                        .findFirst()
                        .orElseThrow();
                String rest = line.strip().substring(kind.length() + 1);
                int bar = rest.indexOf('|');
                text.append('\t').append(kind).append('\t').append(bar < 0 ? rest : rest.substring(0, bar));
                text.append('\t').append(bar < 0 ? "" : rest.substring(bar + 1)).append('\n');
            } else {
                text.append(line.replace('|', '\t')).append('\n');
            }
        }
        return Fingerprint.parse(text.toString()).orElseThrow();
    }

    private static Arguments difference(String name, List<String> before, List<String> now, String... expected) {
        return Arguments.of(name, before, now, List.of(expected));
    }

    static List<Arguments> differences() {
        List<String> orders = List.of("table|orders", " column id|integer not null", " primary key (id)");
        List<String> note = plus(orders, " column note|varchar(100) null");
        return List.of(
                difference("nothing and nothing", List.of(), List.of()),
                difference("the same", note, note),
                difference("a table more", List.of(), note, "+ table orders"),
                difference("a table less", note, List.of(), "- table orders"),
                difference("a column more", orders, note, "+ column orders.note varchar(100) null"),
                difference("a column less", note, orders, "- column orders.note varchar(100) null"),
                difference(
                        "another type",
                        note,
                        plus(orders, " column note|varchar(200) null"),
                        "- column orders.note varchar(100) null",
                        "+ column orders.note varchar(200) null"),
                difference(
                        "a change is told as one, whatever is between the types",
                        plus(note, " column notes|varchar(100) null", " column a|date null"),
                        plus(orders, " column note|text not null", " column notes|text null", " column b|date null"),
                        "- column orders.a date null",
                        "+ column orders.b date null",
                        "- column orders.note varchar(100) null",
                        "+ column orders.note text not null",
                        "- column orders.notes varchar(100) null",
                        "+ column orders.notes text null"),
                difference(
                        "a name that somebody gave",
                        plus(note, " index orders_note|(note)"),
                        plus(note, " index orders_text|(note)"),
                        "- index orders.orders_note (note)",
                        "+ index orders.orders_text (note)"),
                difference(
                        "an index of which the database made up the name",
                        note,
                        plus(note, " index (note)|unique"),
                        "+ index orders (note) unique"),
                difference(
                        "another key",
                        orders,
                        List.of("table|orders", " column id|integer not null", " primary key (id, line)"),
                        "- primary key orders (id)",
                        "+ primary key orders (id, line)"),
                difference(
                        "a rule of a foreign key",
                        plus(orders, " foreign key (customer) -> customer (id)"),
                        plus(orders, " foreign key (customer) -> customer (id)|on delete cascade"),
                        "- foreign key orders (customer) -> customer (id)",
                        "+ foreign key orders (customer) -> customer (id) on delete cascade"),
                difference(
                        "a view in the place of a table",
                        orders,
                        List.of("view|orders", " column id|integer null"),
                        "- table orders",
                        "+ view orders"),
                difference(
                        "names that need quotes",
                        List.of("table|\"Odd name\""),
                        List.of("table|\"Odd name\"", " column \"a.b\"|date null"),
                        "+ column \"Odd name\".\"a.b\" date null"),
                difference(
                        "by the names of the tables",
                        List.of("table|b", "table|a"),
                        List.of("table|c", "table|a", " column x|date null"),
                        "+ column a.x date null",
                        "- table b",
                        "+ table c"));
    }

    private static List<String> plus(List<String> lines, String... more) {
        return Stream.concat(lines.stream(), Arrays.stream(more)).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("differences")
    void the_difference_tells_what_came_and_what_went(
            String name, List<String> before, List<String> now, List<String> expected) {
        Fingerprint then = fingerprint(READER, before.toArray(String[]::new));
        Fingerprint today = fingerprint(READER, now.toArray(String[]::new));
        assertEquals(expected, today.differenceFrom(then), name);
        assertEquals(
                expected.stream().map(FingerprintTest::reversed).sorted().toList(),
                then.differenceFrom(today).stream().sorted().toList(),
                "and the other way");
    }

    private static String reversed(String line) {
        return (line.startsWith("+") ? "-" : "+") + line.substring(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("differences")
    void what_is_kept_is_what_was_read(String name, List<String> before, List<String> now, List<String> expected) {
        for (List<String> lines : List.of(before, now)) {
            Fingerprint fingerprint = fingerprint(READER, lines.toArray(String[]::new));
            assertEquals(Optional.of(fingerprint), Fingerprint.parse(fingerprint.text()), name);
        }
    }

    @Test
    void another_driver_may_spell_types_as_it_likes_and_names_count_all_the_same() {
        Fingerprint then = fingerprint(
                READER,
                "table|orders",
                " column id|integer not null",
                " column note|varchar(100) null",
                " index orders_note|(note)",
                " index (id)|unique");
        Fingerprint now = fingerprint(
                "H2 3, H2 JDBC Driver 3.0",
                "table|orders",
                " column id|int not null",
                " column text|varchar(100) null",
                " index orders_note|(note asc)",
                " index (id)");
        assertEquals(List.of("- column orders.note", "+ column orders.text"), now.differenceFrom(then));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "schema 2 by H2",
                "table\torders\n",
                "schema 1 by H2\ntable\n",
                "schema 1 by H2\n\tcolumn\ta\tdate\n",
                "schema 1 by H2\ntable\ta\n\tcolumn\tb\n",
                "schema 1 by H2\ntable\ta\n\ttrigger\tb\tc\n"
            })
    void a_text_of_another_form_is_none(String text) {
        assertEquals(Optional.empty(), Fingerprint.parse(text));
    }
}
