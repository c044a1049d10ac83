package io.github.deploymigrations.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
    private final HttpClient http = HttpClient.newHttpClient();

    @ArquillianResource
    private URI shop;

    @Deployment(testable = false)
    static WebArchive shop() {
        return ShrinkWrap.create(ZipImporter.class, "shop.war")
                .importFrom(new File(System.getProperty("shop.war")))
                .as(WebArchive.class);
    }

    @Test
    void the_sample_is_deployed_and_its_page_answers() throws IOException, InterruptedException {
        HttpResponse<String> page = get("");
        assertEquals(200, page.statusCode(), page.body());
        assertTrue(page.body().contains("The tea shop"), page.body());

        HttpResponse<String> answer = get("api/products");
        assertEquals(200, answer.statusCode(), answer.body());
        try (var json = Json.createReader(new StringReader(answer.body()))) {
            JsonArray products = json.readArray();
            assertEquals("Cup", products.getJsonObject(0).getString("name"), answer.body());
            assertEquals("EUR", products.getJsonObject(0).getString("currency"), answer.body());
            assertEquals(40, products.getJsonObject(0).getInt("stock"), answer.body());
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(shop.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
