package io.github.deploymigrations.servlet;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.MigrationStatus;
import io.github.deploymigrations.RevisionState;
import io.github.deploymigrations.deployment.DatabaseReport;
import io.github.deploymigrations.deployment.DeploymentReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The status as a page for people: the overall state first, then each database. */
final class StatusPage {
    private static final Duration REFRESH = Duration.ofSeconds(2);

    private final Site site;
    private final PageQuery query;
    private final Optional<Controls> controls;

    /** @param controls for buttons; without them there are none */
    StatusPage(Site site, PageQuery query, Optional<Controls> controls) {
        this.site = site;
        this.query = query;
        this.controls = controls;
    }

    String write(Status status) {
        MigrationStatus overall = status.now().status();
        String title = Words.name(overall) + " – Migrations of " + site.application();
        boolean changes = query.refreshes()
                && status.now().databases().stream()
                        .anyMatch(database -> database.report().running().isPresent());
        return new Frame(site)
                .page(title, changes ? REFRESH : Frame.STILL, html -> main(html, status), html -> footer(html, status));
    }

    private void main(Html html, Status status) {
        List<DatabaseReport> databases = status.now().databases();
        MigrationStatus overall = status.now().status();
        html.open("section", "class", "overall " + Words.style(overall), "role", "status");
        html.element("h1", Words.name(overall));
        html.element("p", sentence(status));
        html.close();
        if (databases.size() > 1) {
            contents(html, databases);
        }
        databases.forEach(database -> new DatabaseSection(html, site, status, query, database).write(controls));
    }

    /** The overall state in a sentence: what it means for who uses the application. */
    private static String sentence(Status status) {
        String state = state(status);
        // a person has mended it since
        boolean stillClosed = status.deployment().isBlocked() && !status.run().isBlocked();
        return stillClosed
                ? state
                        + " The deployment is blocked, and the application answers no request until it is deployed again."
                : state;
    }

    private static String state(Status status) {
        return switch (status.now().status()) {
            case FAILED -> failed(status);
            case RUNNING -> "A run is under way.";
            case PENDING -> "Not every script of this release is applied.";
            case UP_TO_DATE ->
                isNewer(status)
                        ? "Every script of this release is applied; the database is newer than this release."
                        : "Every script of this release is applied.";
            case OFF -> "Migrations are switched off (mode=off); no database is looked at.";
        };
    }

    private static String failed(Status status) {
        if (status.run().isBlocked() && status.deployment().isBlocked()) {
            return "The migrations" + ofThose(status.run())
                    + " failed: the deployment is blocked, and the application answers no request.";
        }
        return status.run().status() == MigrationStatus.FAILED
                ? "The migrations" + ofThose(status.run())
                        + " failed: the application runs on a schema that it does not expect"
                        + (status.run().isBlocked() ? "." : " (on-failure=warn).")
                : "The run of this deployment went well, but the present state" + ofThose(status.now())
                        + " cannot be read.";
    }

    /** Which databases failed by themselves, and not because an earlier one did, if there are several. */
    private static String ofThose(DeploymentReport report) {
        if (report.databases().size() == 1) {
            return "";
        }
        return report.databases().stream()
                .map(DatabaseReport::report)
                .filter(database -> database.failure()
                        .filter(failure -> !(failure instanceof MigrationFailure.NotRun))
                        .isPresent())
                .map(MigrationReport::name)
                .collect(Collectors.joining(", ", " of ", ""));
    }

    private static boolean isNewer(Status status) {
        return status.now().databases().stream()
                .map(DatabaseReport::report)
                .anyMatch(report -> !report.in(RevisionState.NEWER).isEmpty());
    }

    private static void contents(Html html, List<DatabaseReport> databases) {
        html.open("nav", "aria-label", "Databases").open("ul");
        for (DatabaseReport database : databases) {
            MigrationReport report = database.report();
            html.open("li");
            html.open("a", "href", "#" + report.name());
            html.element("strong", report.name()).text(" ");
            html.element("span", Words.name(report.status()), "class", "badge " + Words.style(report.status()));
            html.close().close();
        }
        html.close().close();
    }

    private void footer(Html html, Status status) {
        readAt(html);
        boolean one = status.now().databases().size() == 1;
        String address = one
                ? site.address("/" + status.now().databases().get(0).report().name())
                : site.address("");
        html.open("p");
        html.element("a", "This as JSON", "href", address + "?format=json").text(" · ");
        html.element("a", "Health", "href", site.address("/health"));
        html.close();
    }

    /** How old the page is. */
    static void readAt(Html html) {
        html.open("p").text("Read at ");
        Times.utc(html, Instant.now());
        html.close();
    }
}
