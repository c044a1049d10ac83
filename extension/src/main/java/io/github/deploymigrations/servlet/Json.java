package io.github.deploymigrations.servlet;

import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;

/**
 * Jakarta JSON Binding, looked for when the first document is asked for: most deployments are never asked. Thread-safe.
 */
final class Json implements AutoCloseable {
    private Optional<Jsonb> jsonb = Optional.empty();

    /** Whether there is anything to look for; what is found may lack a provider all the same. */
    static boolean isThere() {
        try {
            Class.forName("jakarta.json.bind.JsonbBuilder", false, Json.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /**
     * The object with its fields in their order, those that are null included. In no string is there a {@code <}, so that
     * nothing is markup even where somebody takes the document for HTML.
     *
     * @throws Refusal if there is no JSON Binding: Tomcat and Jetty have none of their own
     */
    String write(Map<String, Object> object) throws Refusal {
        return binding().toJson(object).replace("<", "\\u003c");
    }

    private synchronized Jsonb binding() throws Refusal {
        if (jsonb.isEmpty()) {
            jsonb = Optional.of(created());
        }
        return jsonb.get();
    }

    private static Jsonb created() throws Refusal {
        try {
            return JsonbBuilder.create(new JsonbConfig().withNullValues(true));
        } catch (RuntimeException | LinkageError e) {
            // no API, or an API without a provider
            Log.trace(Message.JSON_BINDING_MISSING, e);
            throw new Refusal(HttpServletResponse.SC_NOT_IMPLEMENTED, Message.JSON_BINDING_MISSING.with());
        }
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
