package io.github.deploymigrations.it.app;

import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.MigrationStatus;
import io.github.deploymigrations.cdi.MigrationReports;
import io.github.deploymigrations.cdi.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Hears of the outcome, and asks for it. */
@ApplicationScoped
public class Witness {
    @Inject
    private MigrationReports migrations;

    void upToDate(@Observes @Outcome(MigrationStatus.UP_TO_DATE) MigrationReport report) {
        Visitors.add("event " + report.name() + " " + report.appliedNow().size() + ", bean "
                + migrations.named("default").orElseThrow().status() + " "
                + migrations.now().get(0).revisions().size());
    }

    void failed(@Observes @Outcome(MigrationStatus.FAILED) MigrationReport report) {
        Visitors.add("event of a failure");
    }
}
