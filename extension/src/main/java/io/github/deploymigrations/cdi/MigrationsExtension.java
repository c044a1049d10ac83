package io.github.deploymigrations.cdi;

import io.github.deploymigrations.deployment.Deployment;
import io.github.deploymigrations.deployment.DeploymentBlocked;
import io.github.deploymigrations.deployment.DeploymentReport;
import io.github.deploymigrations.deployment.Moment;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.interceptor.Interceptor;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs the migrations when CDI has validated the deployment, and stops the deployment if they fail. */
public class MigrationsExtension implements Extension {
    private static final int ANNOUNCED = Interceptor.Priority.LIBRARY_AFTER;

    private final AtomicBoolean announced = new AtomicBoolean();

    void prepare(@Observes BeforeBeanDiscovery event) {
        Deployment.current().prepare();
    }

    void tellHealth(@Observes AfterBeanDiscovery event, BeanManager beans) {
        ServerHealth.addChecks(event, Deployment.current(), beans);
    }

    /** One problem with everything in it: of two, WildFly 39 makes a list of exceptions and stack traces. */
    void migrate(@Observes AfterDeploymentValidation event) {
        Optional<DeploymentReport> report = Deployment.current().run(Moment.AFTER_DEPLOYMENT_VALIDATION);
        Optional<String> blockade = report.isPresent() ? report.get().blockade() : Optional.empty();
        if (blockade.isPresent()) {
            event.addDeploymentProblem(new DeploymentBlocked(blockade.get()));
        }
    }

    /** What the run said can be injected. */
    void offer(@Observes AfterBeanDiscovery event) {
        event.<MigrationReports>addBean()
                .types(MigrationReports.class, Object.class)
                .scope(ApplicationScoped.class)
                .createWith(context -> new DeploymentReports());
    }

    /** The application has started, by whatever moment the run has ended: on some servers it is the servlet container's. */
    void announce(
            @Observes @Priority(ANNOUNCED) @Initialized(ApplicationScoped.class) Object event, BeanManager beans) {
        // an EAR's modules each say that they have started
        if (announced.compareAndSet(false, true)) {
            Deployment.current().whenRun(new Announcement(beans));
        }
    }

    void end(@Observes BeforeShutdown event) {
        Deployment.end();
    }
}
