package io.github.deploymigrations.cdi;

import io.github.deploymigrations.deployment.Deployment;
import io.github.deploymigrations.deployment.DeploymentBlocked;
import io.github.deploymigrations.deployment.DeploymentReport;
import io.github.deploymigrations.deployment.Moment;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;

/** Runs the migrations when CDI has validated the deployment, and stops the deployment if they fail. */
public class MigrationsExtension implements Extension {

    void tellHealth(@Observes AfterBeanDiscovery event) {
        ServerHealth.addChecks(event, Deployment.current());
    }

    /** One problem with everything in it: of two, WildFly 39 makes a list of exceptions and stack traces. */
    void migrate(@Observes AfterDeploymentValidation event) {
        Deployment.current()
                .run(Moment.AFTER_DEPLOYMENT_VALIDATION)
                .flatMap(DeploymentReport::blockade)
                .ifPresent(text -> event.addDeploymentProblem(new DeploymentBlocked(text)));
    }

    void end(@Observes BeforeShutdown event) {
        Deployment.end();
    }
}
