package io.github.deploymigrations.servlet;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.deployment.Action;
import io.github.deploymigrations.deployment.Deployment;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.plan.Goal;
import io.github.deploymigrations.settings.Resolution;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Does what a request asks to be done with a database, if it may. */
final class Actions {
    private static final Set<String> WORDS = Set.of("run", "undo", "reset", "resolve");

    private static final Pattern STEPS = Pattern.compile("[1-9][0-9]{0,3}");

    private final Deployment deployment;
    private final Site site;
    private final ActionGate gate;
    private final LiveBlocks blocks;

    Actions(Deployment deployment, Site site, ActionGate gate) {
        this.deployment = deployment;
        this.site = site;
        this.gate = gate;
        this.blocks = new LiveBlocks(deployment, site);
    }

    /** A path that is one of an action: {@code /run}, {@code /orders/run}. */
    static boolean isAction(String path) {
        List<String> parts = LiveBlocks.parts(path);
        return !parts.isEmpty() && parts.size() <= 2 && WORDS.contains(parts.get(parts.size() - 1));
    }

    /** The paths of all actions, for a container that is to ask who the user is. */
    static List<String> paths(List<String> blocks) {
        return WORDS.stream()
                .flatMap(word ->
                        Stream.concat(Stream.of("/" + word), blocks.stream().map(block -> "/" + block + "/" + word)))
                .sorted()
                .toList();
    }

    /**
     * Does it.
     *
     * @return the block that it was done with, and what came of it; empty if the WAR's login has answered
     * @throws Refusal if it may not be done, or cannot now
     */
    Optional<Done> perform(String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException, Refusal {
        if (!gate.isOpen()) {
            throw new Refusal(HttpServletResponse.SC_NOT_FOUND, Message.STATUS_PATH_UNKNOWN.with(site));
        }
        if (!request.getMethod().equals("POST")) {
            throw new Refusal(
                    HttpServletResponse.SC_METHOD_NOT_ALLOWED, Message.ACTION_METHOD_REFUSED.with(request.getMethod()));
        }
        Parameters parameters = Parameters.of(request);
        if (!gate.admits(request, response, parameters)) {
            return Optional.empty();
        }
        List<String> parts = LiveBlocks.parts(path);
        String block = blocks.live(path);
        Action action = action(parts.get(parts.size() - 1), parameters);
        String actor = actor(request);
        Log.log(Message.ACTION_BEGINS, block, parts.get(parts.size() - 1), actor);
        MigrationReport report = deployment
                .act(block, action, actor)
                .orElseThrow(() -> new Refusal(HttpServletResponse.SC_CONFLICT, Message.ACTION_BUSY.with(block)));
        return Optional.of(new Done(block, report, named(action)));
    }

    private static Optional<RevisionId> named(Action action) {
        if (action instanceof Action.Undo undo && undo.goal() instanceof Goal.DownTo to) {
            return Optional.of(to.id());
        }
        return action instanceof Action.Settle settle ? Optional.of(settle.revision()) : Optional.empty();
    }

    /**
     * What came of an action.
     *
     * @param named the revision that the request is about, if it names one
     */
    record Done(String block, MigrationReport report, Optional<RevisionId> named) {
        /** The code of HTTP. */
        int status() {
            Optional<MigrationFailure> failure = report.failure();
            if (failure.isEmpty()) {
                return HttpServletResponse.SC_OK;
            }
            if (failure.get() instanceof MigrationFailure.Refused && isOfUnknownRevision()) {
                return HttpServletResponse.SC_NOT_FOUND;
            }
            return isRefused() ? HttpServletResponse.SC_CONFLICT : HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        }

        /** Whether it was not even begun. */
        boolean isRefused() {
            return report.failure()
                    .filter(failure -> failure instanceof MigrationFailure.Refused
                            || failure instanceof MigrationFailure.NotBegun
                            || failure instanceof MigrationFailure.NotLocked)
                    .isPresent();
        }

        private boolean isOfUnknownRevision() {
            return named.isPresent()
                    && report.revisions().stream()
                            .noneMatch(revision -> revision.id().equals(named.get()));
        }
    }

    private Action action(String word, Parameters parameters) throws Refusal {
        return switch (word) {
            case "run" -> new Action.Run();
            case "undo" -> new Action.Undo(goal(parameters));
            case "reset" -> new Action.Settle(revision(parameters, "revision"), Resolution.PENDING);
            case "resolve" -> new Action.Settle(revision(parameters, "revision"), how(parameters));
            default -> throw new Refusal(HttpServletResponse.SC_NOT_FOUND, Message.STATUS_PATH_UNKNOWN.with(site));
        };
    }

    private static Goal goal(Parameters parameters) throws Refusal {
        if (parameters.value("to").isPresent()) {
            if (parameters.value("steps").isPresent()) {
                throw Parameters.malformed("left out where there is a parameter to", "steps");
            }
            return new Goal.DownTo(revision(parameters, "to"));
        }
        String expected = "a number from 1 to 9999, or the parameter to the id of a revision";
        String steps = parameters.required("steps", expected);
        if (!STEPS.matcher(steps).matches()) {
            throw Parameters.malformed(expected, "steps");
        }
        return new Goal.Down(Integer.parseInt(steps));
    }

    private static Resolution how(Parameters parameters) throws Refusal {
        String choices =
                Arrays.stream(Resolution.values()).map(Resolution::toString).collect(Collectors.joining(", "));
        String text = parameters.required("as", choices);
        return Arrays.stream(Resolution.values())
                .filter(how -> how.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> Parameters.malformed(choices, "as"));
    }

    private static RevisionId revision(Parameters parameters, String name) throws Refusal {
        String expected = "the id of a revision";
        return RevisionId.parse(parameters.required(name, expected))
                .orElseThrow(() -> Parameters.malformed(expected, name));
    }

    private static String actor(HttpServletRequest request) {
        String name = request.getUserPrincipal() == null
                ? "someone"
                : request.getUserPrincipal().getName();
        return name + " from " + request.getRemoteAddr();
    }
}
