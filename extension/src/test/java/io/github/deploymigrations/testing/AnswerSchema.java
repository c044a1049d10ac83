package io.github.deploymigrations.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** The published schema of the answers, which every JSON that a test gets has to meet. */
public final class AnswerSchema {
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(text());

    private AnswerSchema() {}

    /** Checks the answer, if it is JSON; returns it. */
    static HttpResponse<String> checked(HttpResponse<String> response) {
        boolean json = response.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith("application/json"))
                .isPresent();
        if (json && !response.body().isEmpty()) {
            assertEquals(Set.of(), problems(response.body()), response::body);
        }
        return response;
    }

    /** What the schema says against the document. */
    public static Set<?> problems(String document) {
        return SCHEMA.validate(document, InputFormat.JSON);
    }

    /** The schema as it is in the jar. */
    public static String text() {
        try (InputStream content =
                AnswerSchema.class.getResourceAsStream("/io/github/deploymigrations/servlet/schema.json")) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
