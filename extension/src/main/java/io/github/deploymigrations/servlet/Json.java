package io.github.deploymigrations.servlet;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import java.util.Map;
import java.util.Optional;

/**
 * Jakarta JSON Binding, looked for when the first document is asked for: most deployments are never asked. Thread-safe.
 */
final class Json implements AutoCloseable {
    private Optional<Jsonb> jsonb = Optional.empty();

    /**
     * The object with its fields in their order, those that are null included. In no string is there a {@code <}, so that
     * nothing is markup even where somebody takes the document for HTML.
     */
    String write(Map<String, Object> object) {
        return binding().toJson(object).replace("<", "\\u003c");
    }

    private synchronized Jsonb binding() {
        if (jsonb.isEmpty()) {
            jsonb = Optional.of(JsonbBuilder.create(new JsonbConfig().withNullValues(true)));
        }
        return jsonb.get();
    }

    @Override
    public synchronized void close() {
        try {
            if (jsonb.isPresent()) {
                jsonb.get().close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            jsonb = Optional.empty();
        }
    }
}
