package io.github.deploymigrations.servlet;

import io.github.deploymigrations.Revision;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.RevisionState;
import io.github.deploymigrations.messages.Message;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What of the status the address asks for. Immutable.
 *
 * @param state of the revisions to show; empty for all
 * @param text that each of them has to have; empty for any
 * @param all whether to show them all, and not the newest first
 * @param before shows the newest of those that are older than this one
 * @param revision whose script to show
 * @param refreshes whether the page brings itself up to date while a run goes on
 */
record PageQuery(
        Optional<RevisionState> state,
        String text,
        boolean all,
        Optional<RevisionId> before,
        Optional<RevisionId> revision,
        boolean refreshes) {
    private static final int LONGEST_TEXT = 200;

    /** Asks for nothing in particular. */
    static final PageQuery NONE = new PageQuery(Optional.empty(), "", false, Optional.empty(), Optional.empty(), true);

    /** @throws Refusal if a parameter has a value that it cannot have; those that nobody knows are not looked at */
    static PageQuery of(HttpServletRequest request) throws Refusal {
        return new PageQuery(
                parameter(request, "state", PageQuery::state),
                parameter(request, "q", PageQuery::text).orElse(""),
                parameter(request, "rows", only("all")).isPresent(),
                parameter(request, "before", RevisionId::parse),
                parameter(request, "revision", RevisionId::parse),
                parameter(request, "refresh", only("off")).isEmpty());
    }

    private static Optional<RevisionState> state(String name) {
        return Arrays.stream(RevisionState.values())
                .filter(state -> state.name().equals(name))
                .findFirst();
    }

    private static Optional<String> text(String text) {
        return Optional.of(text.strip())
                .filter(stripped -> stripped.length() <= LONGEST_TEXT && stripped.indexOf(Query.NO_TEXT) < 0);
    }

    private static Function<String, Optional<String>> only(String word) {
        return value -> Optional.of(value).filter(word::equals);
    }

    /** A field of a form that was left empty is one that was left out. */
    private static <T> Optional<T> parameter(
            HttpServletRequest request, String name, Function<String, Optional<T>> parser) throws Refusal {
        List<String> values = Query.values(request, name);
        if (values.isEmpty() || values.equals(List.of(""))) {
            return Optional.empty();
        }
        Optional<T> value = values.size() == 1 ? parser.apply(values.get(0)) : Optional.empty();
        if (value.isEmpty()) {
            throw invalid(name);
        }
        return value;
    }

    private static Refusal invalid(String name) {
        return new Refusal(HttpServletResponse.SC_BAD_REQUEST, Message.STATUS_PARAMETER_INVALID.with(name));
    }

    /** Whether some revisions are left out for what they are. */
    boolean selects() {
        return state.isPresent() || !text.isEmpty();
    }

    /** Whether a revision is one of those asked for; where several words are, it has to have each. */
    boolean selects(Revision revision) {
        if (state.isPresent() && revision.state() != state.get()) {
            return false;
        }
        if (text.isEmpty()) {
            return true;
        }
        String all = (revision.id() + " " + revision.description() + " "
                        + revision.script().orElse(""))
                .toLowerCase(Locale.ROOT);
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("\\s+")).allMatch(all::contains);
    }

    /** The same text in another state. */
    PageQuery in(Optional<RevisionState> other) {
        return new PageQuery(other, text, false, Optional.empty(), Optional.empty(), refreshes);
    }

    /** The same revisions without a limit of rows. */
    PageQuery withAll() {
        return new PageQuery(state, text, true, Optional.empty(), Optional.empty(), refreshes);
    }

    /** The same revisions, those older than this one. */
    PageQuery olderThan(RevisionId id) {
        return new PageQuery(state, text, false, Optional.of(id), Optional.empty(), refreshes);
    }

    /** The same with or without refreshing. */
    PageQuery refreshing(boolean on) {
        return new PageQuery(state, text, all, before, revision, on);
    }

    /** As the end of an address, with a question mark if there is anything to say. */
    @Override
    public String toString() {
        Map<String, String> parameters = new LinkedHashMap<>();
        revision.ifPresent(id -> parameters.put("revision", id.toString()));
        state.ifPresent(wanted -> parameters.put("state", wanted.name()));
        if (!text.isEmpty()) {
            parameters.put("q", URLEncoder.encode(text, StandardCharsets.UTF_8));
        }
        before.ifPresent(id -> parameters.put("before", id.toString()));
        if (all) {
            parameters.put("rows", "all");
        }
        if (!refreshes) {
            parameters.put("refresh", "off");
        }
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&", parameters.isEmpty() ? "" : "?", ""));
    }
}
