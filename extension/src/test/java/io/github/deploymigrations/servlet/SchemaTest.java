package io.github.deploymigrations.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.MigrationStatus;
import io.github.deploymigrations.RevisionState;
import io.github.deploymigrations.testing.AnswerSchema;
import io.github.deploymigrations.testing.JettyServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published schema. That every answer meets it is seen by {@link JettyServer}, for each test that gets one. */
class SchemaTest {
    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void build() {
        shop = new Shop(folder).script("1_create_product.sql", Shop.CREATE);
    }

    @AfterEach
    void stop() throws Exception {
        shop.close();
    }

    @Test
    void it_is_published_for_anyone() throws Exception {
        HttpResponse<String> schema = shop.started().get("/migrations/schema.json");

        assertEquals(200, schema.statusCode());
        assertEquals(AnswerSchema.text(), schema.body());
    }

    @Test
    void a_field_that_it_does_not_know_is_seen() throws Exception {
        String status =
                shop.with("status-access=open").started().get("/migrations").body();

        assertTrue(AnswerSchema.problems(status).isEmpty());
        for (String place : new String[] {"\"databases\":", "\"name\":", "\"id\":"}) {
            assertTrue(status.contains(place), status);
            assertFalse(AnswerSchema.problems(status.replace(place, "\"more\":1," + place))
                    .isEmpty());
        }
    }

    @Test
    void a_field_that_is_missing_is_seen() throws Exception {
        String status =
                shop.with("status-access=open").started().get("/migrations").body();

        for (String field : new String[] {"\"running\":null,", "\"failure\":null,", "\"node\":null,"}) {
            String without = status.replaceFirst(field, "");
            assertEquals(status.equals(without), AnswerSchema.problems(without).isEmpty(), field);
        }
        assertTrue(status.contains("\"running\":null,"), status);
    }

    @Test
    void it_knows_every_state() {
        String schema = AnswerSchema.text();

        for (RevisionState state : RevisionState.values()) {
            assertTrue(schema.contains('"' + state.name() + '"'), state::name);
        }
        for (MigrationStatus status : MigrationStatus.values()) {
            assertTrue(schema.contains('"' + status.name() + '"'), status::name);
        }
    }
}
