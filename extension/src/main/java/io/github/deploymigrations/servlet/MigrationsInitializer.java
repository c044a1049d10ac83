package io.github.deploymigrations.servlet;

import io.github.deploymigrations.deployment.Deployment;
import io.github.deploymigrations.deployment.DeploymentBlocked;
import io.github.deploymigrations.deployment.DeploymentReport;
import io.github.deploymigrations.deployment.Moment;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.Set;

/**
 * Runs the migrations when the servlet container starts the WAR, if no earlier moment could; and puts the status page
 * into the WAR.
 */
public final class MigrationsInitializer implements ServletContainerInitializer {
    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext context) {
        DeploymentReport report =
                Deployment.current().run(Moment.SERVLET_CONTAINER).orElseThrow();
        report.blockade().ifPresent(text -> {
            throw new DeploymentBlocked(text);
        });
    }
}
