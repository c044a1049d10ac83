package io.github.deploymigrations.servlet;

import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.MigrationStatus;
import io.github.deploymigrations.deployment.DatabaseReport;
import io.github.deploymigrations.deployment.Deployment;
import io.github.deploymigrations.deployment.DeploymentReport;
import io.github.deploymigrations.messages.Message;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;

/** The blocks whose databases a request can ask something of. */
final class LiveBlocks {
    private final Deployment deployment;
    private final Site site;

    LiveBlocks(Deployment deployment, Site site) {
        this.deployment = deployment;
        this.site = site;
    }

    /** {@code orders, run} of {@code /orders/run}. */
    static List<String> parts(String path) {
        return Arrays.stream(path.split("/", -1))
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /**
     * The block that a path means: {@code /orders/run}, or {@code /run} where there is one block alone.
     *
     * @throws Refusal if there is none, or nothing can be done with its database
     */
    String live(String path) throws Refusal {
        List<String> parts = parts(path);
        List<MigrationReport> reports = deployment.outcome().map(DeploymentReport::databases).orElse(List.of()).stream()
                .map(DatabaseReport::report)
                .toList();
        boolean named = parts.size() > 1;
        if (!named && reports.size() != 1) {
            String block = reports.isEmpty() ? "…" : reports.get(0).name();
            throw new Refusal(
                    HttpServletResponse.SC_BAD_REQUEST,
                    Message.ACTION_BLOCK_MISSING.with(site + "/" + block + "/" + parts.get(0)));
        }
        String block = named ? parts.get(0) : reports.get(0).name();
        MigrationReport report = reports.stream()
                .filter(each -> each.name().equals(block))
                .findFirst()
                .orElseThrow(() ->
                        new Refusal(HttpServletResponse.SC_NOT_FOUND, Message.STATUS_BLOCK_UNKNOWN.with(block, site)));
        if (report.status() == MigrationStatus.OFF) {
            throw new Refusal(HttpServletResponse.SC_CONFLICT, Message.ACTION_SWITCHED_OFF.with(block));
        }
        if (!deployment.isLive(block)) {
            throw new Refusal(HttpServletResponse.SC_CONFLICT, Message.ACTION_NOT_READY.with(block));
        }
        return block;
    }
}
