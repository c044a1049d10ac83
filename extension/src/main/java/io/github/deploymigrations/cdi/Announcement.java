package io.github.deploymigrations.cdi;

import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.deployment.DatabaseReport;
import io.github.deploymigrations.deployment.DeploymentReport;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.function.Consumer;

/** Fires what happened as CDI events, when the application can hear them. */
final class Announcement implements Consumer<DeploymentReport> {
    private final BeanManager beans;

    Announcement(BeanManager beans) {
        this.beans = beans;
    }

    /** One event for each database; an observer that fails changes nothing of what happened. */
    @Override
    public void accept(DeploymentReport deployment) {
        for (DatabaseReport database : deployment.databases()) {
            MigrationReport report = database.report();
            try {
                beans.getEvent()
                        .select(MigrationReport.class, Outcome.Literal.of(report.status()))
                        .fire(report);
            } catch (RuntimeException e) {
                Log.trace(Message.OBSERVER_FAILED, e);
                Log.log(Message.OBSERVER_FAILED, report.name(), e);
            }
        }
    }
}
