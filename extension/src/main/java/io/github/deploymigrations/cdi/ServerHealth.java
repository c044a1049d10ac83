package io.github.deploymigrations.cdi;

import io.github.deploymigrations.deployment.Deployment;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * The checks of MicroProfile Health, where the server has it: ready, and started, is what did to its databases what it
 * should have done. Not alive: a restart mends no migration.
 */
final class ServerHealth {
    private ServerHealth() {}

    /** Adds the checks, or nothing where there is no MicroProfile Health. */
    static void addChecks(AfterBeanDiscovery event, Deployment deployment, BeanManager beans) {
        try {
            Checks.add(event, deployment, beans);
        } catch (NoClassDefFoundError e) {
            // WildFly's standalone.xml (39.0.1), and every server of Jakarta EE alone
            Log.trace(Message.SERVER_HEALTH_ABSENT, e);
        }
    }

    /** A class of its own, linked only where the API is there. */
    private static final class Checks {
        static void add(AfterBeanDiscovery event, Deployment deployment, BeanManager beans) {
            event.addBean(new HealthCheckBean(Readiness.Literal.INSTANCE, deployment, beans));
            event.addBean(new HealthCheckBean(Startup.Literal.INSTANCE, deployment, beans));
        }
    }
}
