package io.github.deploymigrations.servlet;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.deployment.Deployment;
import io.github.deploymigrations.messages.Message;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Answers what a run on a database would do now. */
final class Plans {
    private static final Pattern PATH = Pattern.compile("(?:/[^/]+)?/plan");

    private final Deployment deployment;
    private final LiveBlocks blocks;
    private final Json json;

    Plans(Deployment deployment, Site site, Json json) {
        this.deployment = deployment;
        this.blocks = new LiveBlocks(deployment, site);
        this.json = json;
    }

    /** A path that asks for a plan: {@code /plan}, {@code /orders/plan}. */
    static boolean isPlan(String path) {
        return PATH.matcher(path).matches();
    }

    /** The answer to one who may read it. */
    Answer answer(String path, HttpServletRequest request) throws Refusal {
        PlanFormat format = PlanFormat.of(request);
        String block = blocks.live(path);
        MigrationReport report = deployment.plan(block).orElseThrow();
        String body = format == PlanFormat.JSON ? json.write(PlanDocument.of(report)) : text(report);
        return new Answer(status(report), format.mediaType(), body).with("Vary", "Accept");
    }

    private static int status(MigrationReport report) {
        if (report.plan().isPresent()) {
            return HttpServletResponse.SC_OK;
        }
        boolean conflict = report.running().isPresent()
                || report.failure()
                        .filter(MigrationFailure.Refused.class::isInstance)
                        .isPresent();
        return conflict ? HttpServletResponse.SC_CONFLICT : HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }

    /** Where there is no plan, comments only: a client that is given them does nothing. */
    private static String text(MigrationReport report) {
        if (report.plan().isPresent()) {
            return report.plan().get().sql();
        }
        String why = report.failure()
                .map(MigrationFailure::describe)
                .orElseGet(() -> Message.PLAN_UNKNOWN.with(report.name()).toString());
        return why.lines().map(line -> "-- " + line).collect(Collectors.joining("\n", "", "\n"));
    }
}
