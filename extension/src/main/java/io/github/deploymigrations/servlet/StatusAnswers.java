package io.github.deploymigrations.servlet;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.deployment.DatabaseReport;
import io.github.deploymigrations.deployment.Deployment;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.StatusSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Says who answers what: the status of all blocks or of one, the health, the metrics, and the files of the page. */
final class StatusAnswers {
    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    private final Deployment deployment;
    private final Site site;
    private final Gatekeeper gatekeeper;
    private final ActionGate gate;
    private final Actions actions;
    private final Rendering rendering;
    private final Health health;
    private final Plans plans;

    /** @param login whether the WAR is known to have one */
    StatusAnswers(Deployment deployment, Site site, StatusSettings settings, boolean login) {
        this.deployment = deployment;
        this.site = site;
        this.gatekeeper = Gatekeeper.ofStatus(settings, login);
        this.gate = new ActionGate(settings, login);
        this.actions = new Actions(deployment, site, gate);
        Json json = new Json();
        this.rendering = new Rendering(site, json);
        this.health = new Health(deployment, json);
        this.plans = new Plans(deployment, site, json);
    }

    /** Nothing is answered any more. */
    void close() {
        rendering.close();
    }

    /** Answers, unless the WAR's login has done so. */
    void to(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            Optional<Answer> answer = answer(request, response);
            if (answer.isPresent()) {
                answer.get().send(request, response);
            }
        } catch (RuntimeException | LinkageError e) {
            // LinkageError: a library of the server that does not fit
            Log.trace(Message.STATUS_UNSHOWN, e);
            Log.log(Message.STATUS_UNSHOWN, e);
            if (!response.isCommitted()) {
                response.reset();
                unshown().send(request, response);
            }
        }
    }

    private static Answer unshown() {
        return Answer.text(
                HttpServletResponse.SC_INTERNAL_SERVER_ERROR,
                Message.STATUS_UNSHOWN.code() + " The status could not be shown. The server's log tells why.");
    }

    /** Empty if the WAR's login has answered. */
    private Optional<Answer> answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            return answer(site.below(request).orElse("/"), request, response);
        } catch (Refusal refusal) {
            return Optional.of(rendering.refusal(refusal, Format.forgiving(request)));
        }
    }

    private Optional<Answer> answer(String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException, Refusal {
        Optional<StaticFile> file = StaticFile.at(path);
        if (file.isPresent()) {
            refuseWrites(request);
            return file.map(StaticFile::answer);
        }
        if (Actions.isAction(path)) {
            return act(path, request, response);
        }
        if (Plans.isPlan(path)) {
            refuseWrites(request);
            return gatekeeper.admits(request, response) ? Optional.of(plans.answer(path, request)) : Optional.empty();
        }
        return switch (path) {
            case "/health" -> {
                refuseWrites(request);
                Format.of(request);
                yield Optional.of(health.answer(gatekeeper.recognises(request)));
            }
            case "/metrics" -> {
                refuseWrites(request);
                yield metrics(request, response);
            }
            case "", "/" -> {
                refuseWrites(request);
                yield status(request, response, Optional.empty());
            }
            default -> {
                if (path.indexOf('/', 1) > 0) {
                    throw new Refusal(HttpServletResponse.SC_NOT_FOUND, Message.STATUS_PATH_UNKNOWN.with(site));
                }
                yield status(request, response, Optional.of(path.substring(1)));
            }
        };
    }

    /** Who may not read the status does not learn which blocks there are either. */
    private Optional<Answer> status(HttpServletRequest request, HttpServletResponse response, Optional<String> block)
            throws IOException, Refusal {
        Format format = Format.of(request);
        if (!gatekeeper.admits(request, response)) {
            return Optional.empty();
        }
        if (deployment.outcome().isEmpty()) {
            throw nothingRan();
        }
        Status status = block.isPresent()
                ? Status.of(deployment, block.get()).orElseThrow(() -> unknown(block.get()))
                : Status.of(deployment).orElseThrow();
        refuseWrites(request);
        PageQuery query = PageQuery.of(request);
        Optional<Controls> controls = format == Format.HTML && gate.wouldAdmit(request)
                ? Optional.of(Controls.of(request, response, site))
                : Optional.empty();
        return Optional.of(rendering.status(status, format, query, controls));
    }

    private Optional<Answer> metrics(HttpServletRequest request, HttpServletResponse response)
            throws IOException, Refusal {
        Exposition exposition = Exposition.of(request);
        if (!gatekeeper.admits(request, response)) {
            return Optional.empty();
        }
        Status status = Status.of(deployment).orElseThrow(StatusAnswers::nothingRan);
        return Optional.of(Metrics.of(status, exposition));
    }

    /** A program gets the status; a browser goes back to the page, so that to load that again does not act again. */
    private Optional<Answer> act(String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException, Refusal {
        Optional<Actions.Done> done = actions.perform(path, request, response);
        if (done.isEmpty()) {
            return Optional.empty();
        }
        // not before the body was read: containers read a form to its end when they are asked for a parameter
        Format format = Format.forgiving(request);
        Actions.Done outcome = done.get();
        Optional<MigrationFailure> untold = outcome.report().failure().filter(failure -> !isShown(outcome));
        if (untold.isPresent()) {
            throw new Refusal(outcome.status(), FailureText.explained(untold.get()));
        }
        if (format == Format.HTML) {
            return Optional.of(Answer.seeOther(site.address("/" + outcome.block())));
        }
        Status status = Status.of(deployment, outcome.block()).orElseThrow();
        return Optional.of(rendering.outcome(status, outcome));
    }

    /** Whether the status shows what the action failed of: not, if it left everything as it was. */
    private boolean isShown(Actions.Done done) {
        return !done.isRefused()
                && deployment.outcome().orElseThrow().databases().stream()
                        .map(DatabaseReport::report)
                        .filter(report -> report.name().equals(done.block()))
                        .anyMatch(
                                report -> report.failure().equals(done.report().failure()));
    }

    private Refusal unknown(String block) {
        return new Refusal(HttpServletResponse.SC_NOT_FOUND, Message.STATUS_BLOCK_UNKNOWN.with(block, site));
    }

    private static Refusal nothingRan() {
        return new Refusal(HttpServletResponse.SC_SERVICE_UNAVAILABLE, Message.STATUS_NOTHING_RAN.with());
    }

    /** Nothing is changed by what only shows something. */
    private static void refuseWrites(HttpServletRequest request) throws Refusal {
        if (!METHODS.contains(request.getMethod())) {
            throw new Refusal(
                    HttpServletResponse.SC_METHOD_NOT_ALLOWED, Message.STATUS_METHOD_REFUSED.with(request.getMethod()));
        }
    }
}
