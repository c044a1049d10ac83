package io.github.deploymigrations.servlet;

import io.github.deploymigrations.Revision;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Message;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes what there is to say in the format that was asked for. */
final class Rendering implements AutoCloseable {
    private final Site site;
    private final Json json;

    /** @param json closed with this */
    Rendering(Site site, Json json) {
        this.site = site;
        this.json = json;
    }

    /** @param controls for the page's buttons, if this reader may act */
    Answer status(Status status, Format format, PageQuery query, Optional<Controls> controls) throws Refusal {
        Optional<Revision> revision = revision(status, query);
        return answer(
                HttpServletResponse.SC_OK,
                format,
                switch (format) {
                    case JSON -> json.write(StatusDocument.of(status.now()));
                    case HTML ->
                        revision.isPresent()
                                ? new RevisionPage(site, status, revision.get()).write(controls)
                                : new StatusPage(site, query, controls).write(status);
                });
    }

    /** The revision that is asked for, which an application with several databases has only below one of them. */
    private Optional<Revision> revision(Status status, PageQuery query) throws Refusal {
        if (query.revision().isEmpty()) {
            return Optional.empty();
        }
        if (status.now().databases().size() != 1) {
            throw new Refusal(HttpServletResponse.SC_BAD_REQUEST, Message.STATUS_PARAMETER_INVALID.with("revision"));
        }
        String block = status.now().databases().get(0).report().name();
        RevisionId id = query.revision().get();
        Optional<Revision> revision = status.revision(block, id);
        if (revision.isEmpty()) {
            throw new Refusal(
                    HttpServletResponse.SC_NOT_FOUND,
                    Message.STATUS_REVISION_UNKNOWN.with(block, id, site.address("/" + block)));
        }
        return revision;
    }

    /** What came of an action: the status of its database. */
    Answer outcome(Status status, Actions.Done done) {
        try {
            return answer(done.status(), Format.JSON, json.write(StatusDocument.of(status.now())));
        } catch (Refusal unwritten) {
            // what was done is done
            return text(done.status(), unwritten.explanation());
        }
    }

    Answer refusal(Refusal refusal, Format format) {
        Explanation why = refusal.explanation();
        Answer answer = switch (format) {
            case JSON -> document(refusal.status(), why);
            case HTML -> answer(refusal.status(), format, new RefusalPage(site).write(why));
        };
        return refusal.status() == HttpServletResponse.SC_METHOD_NOT_ALLOWED
                ? answer.with("Allow", why.code().equals(Message.ACTION_METHOD_REFUSED.code()) ? "POST" : "GET, HEAD")
                : answer;
    }

    private static Answer answer(int status, Format format, String body) {
        return new Answer(status, format.mediaType(), body).with("Vary", "Accept");
    }

    private Answer document(int status, Explanation why) {
        try {
            return answer(status, Format.JSON, json.write(Map.of("error", document(why))));
        } catch (Refusal unwritten) {
            return text(status, why);
        }
    }

    /** Where no document can be written. */
    private static Answer text(int status, Explanation why) {
        return Answer.text(status, why.sentences()).with("Vary", "Accept");
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
