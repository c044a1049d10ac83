package io.github.deploymigrations.servlet;

import io.github.deploymigrations.messages.Explanation;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes what there is to say in the format that was asked for. */
final class Rendering implements AutoCloseable {
    private final Site site;
    private final Json json;

    /** @param json closed with this */
    Rendering(Site site, Json json) {
        this.site = site;
        this.json = json;
    }

    Answer status(Status status, Format format) {
        return answer(
                HttpServletResponse.SC_OK,
                format,
                switch (format) {
                    case JSON -> json.write(StatusDocument.of(status.now()));
                    case HTML -> new StatusPage(site).write(status);
                });
    }

    Answer refusal(Refusal refusal, Format format) {
        Explanation why = refusal.explanation();
        Answer answer = answer(
                refusal.status(),
                format,
                switch (format) {
                    case JSON -> json.write(Map.of("error", document(why)));
                    case HTML -> new RefusalPage(site).write(why);
                });
        return refusal.status() == HttpServletResponse.SC_METHOD_NOT_ALLOWED
                ? answer.with("Allow", "GET, HEAD")
                : answer;
    }

    private static Answer answer(int status, Format format, String body) {
        return new Answer(status, format.mediaType(), body).with("Vary", "Accept");
    }

    private static Map<String, Object> document(Explanation why) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("code", why.code());
        document.put("what", why.what());
        document.put("action", why.action());
        return document;
    }

    @Override
    public void close() {
        json.close();
    }
}
