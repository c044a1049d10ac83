package io.github.deploymigrations.changelog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.database.Definition;
import io.github.deploymigrations.database.Effect;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoubtTest {
    private static final String CHECKSUM = "sha256:" + "0".repeat(64);

    private static Doubt parsed(Doubt doubt) {
        return Doubt.parse(doubt.text().orElse(null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table a (id int, n varchar(20))",
                "create table if not exists s.a (like b)",
                "drop table \"my schema\".\"my table\" cascade",
                "alter table `a\nb` add column c int",
                "alter table a drop column if exists \"c d\"",
                "create unique index `i x` on `a b` (c)",
                "drop index i on s.a"
            })
    void what_is_stored_of_an_effect_is_what_is_read(String sql) {
        Doubt absent = new Doubt.OfEffects(List.of(new Doubt.Visible(effect(sql), false, CHECKSUM)));
        Doubt there = new Doubt.OfEffects(List.of(new Doubt.Visible(effect(sql), true, CHECKSUM)));
        assertEquals(absent, parsed(absent));
        assertEquals(there, parsed(there));
    }

    @Test
    void of_several_statements_each_is_read_in_order() {
        Doubt.Visible table = new Doubt.Visible(effect("create table `a\nb` (id int)"), false, CHECKSUM);
        Doubt.Visible index = new Doubt.Visible(effect("create index i on `a\nb` (id)"), false, "sha256:1");

        Doubt doubt = Doubt.of(List.of(table, index));

        assertEquals(new Doubt.OfEffects(List.of(table, index)), doubt);
        assertEquals(2, doubt.covers());
        assertEquals(doubt, parsed(doubt));
    }

    @Test
    void as_many_statements_are_stored_as_fit_into_the_history() {
        Doubt.Visible table = new Doubt.Visible(effect("create table a (id int)"), false, CHECKSUM);
        Doubt.Visible index =
                new Doubt.Visible(effect("create index " + "i".repeat(120) + " on a (id)"), false, CHECKSUM);

        Doubt doubt = Doubt.of(List.of(table, index, index, index));

        assertEquals(new Doubt.OfEffects(List.of(table, index)), doubt);
    }

    @Test
    void a_shortened_checksum_is_that_of_the_same_text_and_of_no_other() {
        Doubt.Visible index = new Doubt.Visible(effect("create index i on a (id)"), false, CHECKSUM).shortened();

        assertEquals("sha256:0000000000000000", index.checksum());
        assertTrue(index.endsAt(CHECKSUM));
        assertFalse(index.endsAt("sha256:000000000000000f" + "0".repeat(48)));
    }

    @Test
    void a_name_that_looks_like_the_next_statement_proves_nothing() {
        Effect effect = effect("create table \"a\neffect absent " + CHECKSUM + " +TABLE - b -\" (id int)");

        assertEquals(new Doubt.Unprovable(), parsed(Doubt.of(List.of(new Doubt.Visible(effect, false, CHECKSUM)))));
    }

    private static Effect effect(String sql) {
        return Definition.of(sql).orElseThrow().effect();
    }

    @Test
    void the_others_are_what_is_read_too() {
        assertEquals(new Doubt.None(), parsed(new Doubt.None()));
        assertEquals(new Doubt.OfSession(), parsed(new Doubt.OfSession()));
        assertEquals(new Doubt.OfSeveral(), parsed(new Doubt.OfSeveral()));
        assertEquals(new Doubt.Unprovable(), parsed(new Doubt.Unprovable()));
    }

    @Test
    void names_that_do_not_fit_into_the_history_prove_nothing() {
        String sql = "create index \"" + "i".repeat(220) + "\" on \"" + "\u00fc".repeat(100) + "\" (c)";
        List<Doubt.Visible> statement = List.of(new Doubt.Visible(effect(sql), true, CHECKSUM));
        assertTrue(new Doubt.OfEffects(statement).text().orElseThrow().length() < Doubt.LONGEST);
        assertEquals(new Doubt.Unprovable(), Doubt.of(statement));
    }

    @Test
    void the_fingerprints_of_versions_before_prove_nothing_any_more() {
        assertEquals(new Doubt.Unprovable(), Doubt.parse("0123456789abcdef0123456789abcdef " + CHECKSUM + " a"));
        assertEquals(new Doubt.Unprovable(), Doubt.parse("absent " + CHECKSUM + " \"effect there x +TABLE - a -\""));
        assertEquals(Optional.of("?"), Doubt.parse("anything").text());
    }
}
