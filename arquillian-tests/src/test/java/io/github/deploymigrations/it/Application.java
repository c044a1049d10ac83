package io.github.deploymigrations.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** An application on the server, as its users see it. */
public record Application(URI uri) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Gets with these headers: names and values, in turn. */
    public HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /**
     * Sends nothing but the method.
     *
     * @param headers names and values, in turn
     */
    public HttpResponse<String> post(String path, String... headers) {
        HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri.resolve(path)).timeout(Duration.ofSeconds(30));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The body of an answer that is a success. */
    public String read(String path, String... headers) {
        HttpResponse<String> answer = get(path, headers);
        assertEquals(200, answer.statusCode(), answer::body);
        return answer.body();
    }

    /**
     * What the application itself reads from its database.
     *
     * @see io.github.deploymigrations.it.app.QueryServlet
     */
    public String query(String dataSource, String sql) {
        return read("query?dataSource=" + encoded(dataSource) + "&sql=" + encoded(sql));
    }

    /** The status document of the migrations. */
    public JsonObject status() {
        return json("migrations?format=json");
    }

    public JsonObject json(String path) {
        try (var reader = Json.createReader(new StringReader(read(path)))) {
            return reader.readObject();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
