package io.github.deploymigrations.it;

import static io.github.deploymigrations.it.TextAssertions.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class SampleIT {
    @ArquillianResource
    private URI uri;

    @Deployment(testable = false)
    static WebArchive shop() {
        return ShrinkWrap.create(ZipImporter.class, "shop.war")
                .importFrom(TestWar.builtFile("shop.war"))
                .as(WebArchive.class);
    }

    @Test
    void the_page_of_the_sample_answers() {
        assertSays(shopApplication().read(""), "The tea shop");
    }

    @Test
    void the_sample_finds_what_its_migrations_brought_into_the_database() {
        try (var json = Json.createReader(new StringReader(shopApplication().read("api/products")))) {
            JsonArray products = json.readArray();
            assertEquals("Cup", products.getJsonObject(0).getString("name"));
            // a variable of the environment, and a column of a later script
            assertEquals("EUR", products.getJsonObject(0).getString("currency"));
            assertEquals(40, products.getJsonObject(0).getInt("stock"));
        }
    }

    @Test
    void the_status_page_of_the_sample_shows_each_of_its_scripts() {
        assertSays(
                shopApplication().read("migrations?format=html"),
                "20260105090000",
                "create changelog",
                "20260105091500",
                "create product",
                "20260107100000",
                "create customer order",
                "20260107143000",
                "insert first products",
                "20260119083000",
                "add stock to product",
                "20260202160000",
                "index orders by time",
                "20260209110000",
                "create order overview");
    }

    @Test
    void the_status_of_the_sample_is_up_to_date() {
        JsonObject status = shopApplication().status();
        assertEquals("UP_TO_DATE", status.getString("status"));
        JsonObject database = status.getJsonArray("databases").getJsonObject(0);
        assertEquals("20260209110000", database.getString("current"));
        assertEquals(7, database.getJsonObject("counts").getInt("APPLIED"));
    }

    private Application shopApplication() {
        return new Application(uri);
    }
}
