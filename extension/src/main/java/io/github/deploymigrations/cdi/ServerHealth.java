package io.github.deploymigrations.cdi;

import io.github.deploymigrations.deployment.Deployment;
import io.github.deploymigrations.deployment.DeploymentReport;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import java.lang.annotation.Annotation;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * The checks of MicroProfile Health, where the server has it: ready, and started, is what did to its databases what it
 * should have done. Not alive: a restart mends no migration.
 */
final class ServerHealth {
    private ServerHealth() {}

    /** Adds the checks, or nothing where there is no MicroProfile Health. */
    static void addChecks(AfterBeanDiscovery event, Deployment deployment) {
        try {
            Beans.add(event, deployment);
        } catch (NoClassDefFoundError e) {
            // WildFly's standalone.xml (39.0.1), and every server of Jakarta EE alone
            Log.trace(Message.SERVER_HEALTH_ABSENT, e);
        }
    }

    /** A class of its own, linked only where the API is there. */
    private static final class Beans {
        static void add(AfterBeanDiscovery event, Deployment deployment) {
            add(event, deployment, Readiness.Literal.INSTANCE);
            add(event, deployment, Startup.Literal.INSTANCE);
        }

        private static void add(AfterBeanDiscovery event, Deployment deployment, Annotation kind) {
            event.<HealthCheck>addBean()
                    .id("io.github.deploymigrations.health."
                            + kind.annotationType().getSimpleName())
                    .types(HealthCheck.class, Object.class)
                    .qualifiers(kind)
                    .scope(ApplicationScoped.class)
                    .produceWith(beans -> () -> response(deployment));
        }

        private static HealthCheckResponse response(Deployment deployment) {
            boolean up =
                    deployment.outcome().filter(DeploymentReport::isDutyDone).isPresent();
            return new HealthCheckResponse("mybatis-migrations", up ? Status.UP : Status.DOWN, Optional.empty());
        }
    }
}
