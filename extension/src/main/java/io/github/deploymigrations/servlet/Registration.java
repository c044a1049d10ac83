package io.github.deploymigrations.servlet;

import io.github.deploymigrations.deployment.Deployment;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.Access;
import io.github.deploymigrations.settings.StatusSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Optional;

/** Puts what answers requests into the WAR. */
final class Registration {
    private static final String NAME = "io.github.deploymigrations.";

    /** Any user who is logged in, by the Servlet specification 6.0, 12.3: declared, it would be a role of its own. */
    private static final String ANY_USER = "**";

    private final ServletContext context;
    private final StatusSettings settings;
    private final Optional<StatusServlet> status;

    Registration(ServletContext context, Deployment deployment, StatusSettings settings) {
        this.context = context;
        this.settings = settings;
        this.status = settings.path()
                .map(path -> new StatusServlet(
                        deployment, new Site(context.getContextPath(), path), new Gatekeeper(settings)));
    }

    /** The application runs, and the status is one of its paths, unless the application has that path itself. */
    void open() {
        status.ifPresent(
                servlet -> Log.log(isMapped(servlet) ? Message.STATUS_AT : Message.STATUS_PATH_TAKEN, servlet.site()));
    }

    /** Nothing of the application is reached; the status is answered in front of it. */
    void close() {
        // mapped all the same: a container resolves roles by the servlet that the request is for
        status.ifPresent(this::isMapped);
        FilterRegistration.Dynamic door = context.addFilter(NAME + "closed", new ClosedDoor(status));
        door.setAsyncSupported(true);
        door.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    }

    private boolean isMapped(StatusServlet servlet) {
        if (settings.access() == Access.ROLE && !settings.role().equals(ANY_USER)) {
            context.declareRoles(settings.role());
        }
        String path = servlet.site().path();
        return context.addServlet(NAME + "status", servlet)
                .addMapping(path, path + "/*")
                .isEmpty();
    }
}
