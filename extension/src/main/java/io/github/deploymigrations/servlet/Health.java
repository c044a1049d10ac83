package io.github.deploymigrations.servlet;

import io.github.deploymigrations.deployment.Deployment;
import io.github.deploymigrations.deployment.DeploymentReport;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether this deployment did to its databases what it should have done, for probes: decided without a database, as an
 * outage of one must not make an orchestrator restart every application that uses it. Thread-safe.
 */
final class Health {
    private final Deployment deployment;
    private final Glance glance;
    private final Json json;

    Health(Deployment deployment, Json json) {
        this.deployment = deployment;
        this.glance = new Glance(deployment);
        this.json = json;
    }

    /** @param reader whether it may say more than up or down */
    Answer answer(boolean reader) {
        Optional<DeploymentReport> run = deployment.outcome();
        boolean up = deployment.isReady();
        String status = up ? "UP" : "DOWN";
        Optional<String> told = reader ? run.flatMap(report -> told(status, report)) : Optional.empty();
        return new Answer(
                up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                Format.JSON.mediaType(),
                told.orElse("{\"status\":\"" + status + "\"}"));
    }

    /** Empty where it cannot be told: a probe gets its answer whatever becomes of the rest. */
    private Optional<String> told(String status, DeploymentReport run) {
        try {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("status", status);
            document.put(
                    "checks",
                    HealthChecks.of(run, glance.now(), deployment.blockedBy()).document());
            return Optional.of(json.write(document));
        } catch (Refusal | RuntimeException | LinkageError e) {
            // Refusal: a server without Jakarta JSON Binding
            Log.trace(Message.STATUS_UNSHOWN, e);
            return Optional.empty();
        }
    }
}
