package io.github.deploymigrations.changelog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.database.Definition;
import io.github.deploymigrations.database.Effect;
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
        Effect effect = Definition.of(sql).orElseThrow().effect();
        Doubt doubt = Doubt.of(effect, false, CHECKSUM);
        assertEquals(new Doubt.OfEffect(effect, false, CHECKSUM), parsed(doubt));
        assertEquals(new Doubt.OfEffect(effect, true, CHECKSUM), parsed(Doubt.of(effect, true, CHECKSUM)));
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
        Effect effect = Definition.of(sql).orElseThrow().effect();
        assertTrue(
                new Doubt.OfEffect(effect, true, CHECKSUM).text().orElseThrow().length() < Doubt.LONGEST);
        assertEquals(new Doubt.Unprovable(), Doubt.of(effect, true, CHECKSUM));
    }

    @Test
    void the_fingerprints_of_versions_before_prove_nothing_any_more() {
        assertEquals(new Doubt.Unprovable(), Doubt.parse("0123456789abcdef0123456789abcdef " + CHECKSUM + " a"));
        assertEquals(new Doubt.Unprovable(), Doubt.parse("absent " + CHECKSUM + " \"effect there x +TABLE - a -\""));
        assertEquals(Optional.of("?"), Doubt.parse("anything").text());
    }
}
