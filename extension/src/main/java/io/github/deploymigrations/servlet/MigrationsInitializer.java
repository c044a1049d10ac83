package io.github.deploymigrations.servlet;

import io.github.deploymigrations.deployment.Deployment;
import io.github.deploymigrations.deployment.DeploymentBlocked;
import io.github.deploymigrations.deployment.DeploymentReport;
import io.github.deploymigrations.deployment.Moment;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.ProblemsFound;
import io.github.deploymigrations.settings.Overrides;
import io.github.deploymigrations.settings.SettingsReader;
import io.github.deploymigrations.settings.StatusSettings;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs the migrations when the servlet container starts the WAR, if no earlier moment could; and puts the status page
 * into the WAR.
 */
public final class MigrationsInitializer implements ServletContainerInitializer {

    /**
     * Closes the application before it refuses to start it: Open Liberty (26.0.0.3) logs the exception as a warning and
     * starts the application.
     *
     * @throws DeploymentBlocked if the migrations failed and this is to block the deployment
     */
    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext context) {
        Deployment deployment = Deployment.current();
        DeploymentReport report = run(deployment, context);
        if (report.databases().isEmpty()) {
            refuseIfOverlooked(context);
            return;
        }
        Registration registration = new Registration(context, deployment, report);
        Optional<String> blockade = report.blockade();
        if (blockade.isPresent()) {
            registration.close();
            throw new DeploymentBlocked(blockade.get());
        }
        registration.open();
        deployment.tell();
    }

    /** The container finds beans.xml wherever the jar lies: settings that were not found by then must not be passed over. */
    private static void refuseIfOverlooked(ServletContext context) {
        try (InputStream content = context.getResourceAsStream("/WEB-INF/beans.xml")) {
            if (content != null && isConfigured(content)) {
                throw new DeploymentBlocked(Message.SETTINGS_OVERLOOKED.with().sentences());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there are settings, be they right or wrong: in a comment there are none. */
    private static boolean isConfigured(InputStream beansXml) {
        try {
            return new SettingsReader(Overrides.none())
                    .beansXml("WEB-INF/beans.xml", beansXml)
                    .read()
                    .configured();
        } catch (ProblemsFound e) {
            return true;
        }
    }

    /** A defect of ours must not open the door either: nobody knows then what became of the database. */
    private static DeploymentReport run(Deployment deployment, ServletContext context) {
        try {
            return deployment.run(Moment.SERVLET_CONTAINER).orElseThrow();
        } catch (RuntimeException | Error e) {
            new Registration(context, deployment, new DeploymentReport(List.of(), StatusSettings.CLOSED)).close();
            throw e;
        }
    }
}
