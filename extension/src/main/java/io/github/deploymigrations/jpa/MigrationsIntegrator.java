package io.github.deploymigrations.jpa;

import io.github.deploymigrations.deployment.Deployment;
import io.github.deploymigrations.deployment.DeploymentBlocked;
import io.github.deploymigrations.deployment.DeploymentReport;
import io.github.deploymigrations.deployment.Moment;
import io.github.deploymigrations.jndi.DataSources;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;

/**
 * Runs the migrations before Hibernate looks at the schema: WildFly (39.0.1) creates persistence units before any CDI
 * observer is called, and {@code hbm2ddl.auto=validate} would fail on tables that are not there yet.
 */
public final class MigrationsIntegrator implements Integrator {

    @Override
    public void integrate(Metadata metadata, BootstrapContext context, SessionFactoryImplementor sessionFactory) {
        if (DataSources.isAvailable()) {
            Deployment.current()
                    .run(Moment.PERSISTENCE_UNIT)
                    .flatMap(DeploymentReport::blockade)
                    .ifPresent(text -> {
                        throw new DeploymentBlocked(text);
                    });
        }
    }

    @Override
    public void disintegrate(SessionFactoryImplementor sessionFactory, SessionFactoryServiceRegistry registry) {
        // nothing was kept
    }
}
