package io.github.deploymigrations.servlet;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Message;
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

    /** What came of an action: the status of its database, or why it was refused. */
    Answer outcome(Status status, Actions.Done done, Format format) {
        if (done.status() == HttpServletResponse.SC_CONFLICT) {
            MigrationFailure failure = done.report().failure().orElseThrow();
            return refusal(new Refusal(done.status(), failure.explanation()), format);
        }
        return answer(done.status(), Format.JSON, json.write(StatusDocument.of(status.now())));
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
                ? answer.with("Allow", why.code().equals(Message.ACTION_METHOD_REFUSED.code()) ? "POST" : "GET, HEAD")
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
