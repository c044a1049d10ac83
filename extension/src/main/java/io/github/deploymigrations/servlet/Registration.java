package io.github.deploymigrations.servlet;

import io.github.deploymigrations.deployment.Deployment;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.Access;
import io.github.deploymigrations.settings.StatusSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.HttpConstraintElement;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.annotation.ServletSecurity;
import java.util.EnumSet;
import java.util.Optional;

/** Puts what answers requests into the WAR. */
final class Registration {
    private static final String NAME = "io.github.deploymigrations.";

    /** Any user who is logged in, by the Servlet specification 6.0, 12.3: declared, it would be a role of its own. */
    private static final String ANY_USER = "**";

    private final ServletContext context;
    private final Deployment deployment;
    private final StatusSettings settings;
    private final Optional<StatusServlet> status;

    Registration(ServletContext context, Deployment deployment, StatusSettings settings) {
        this.context = context;
        this.deployment = deployment;
        this.settings = settings;
        this.status = settings.path().map(this::servlet);
    }

    private StatusServlet servlet(String path) {
        return new StatusServlet(deployment, new Site(context.getContextPath(), path), new Gatekeeper(settings));
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
        boolean byRole = settings.access() == Access.ROLE;
        if (byRole && !settings.role().equals(ANY_USER)) {
            context.declareRoles(settings.role());
        }
        String path = servlet.site().path();
        ServletRegistration.Dynamic mapped = context.addServlet(NAME + "status", servlet);
        boolean free = mapped.addMapping(path, path + "/*").isEmpty();
        if (free && byRole && WebXml.hasLogin(context)) {
            askWhoItIs(mapped, path);
        }
        return free;
    }

    /**
     * Has the container ask who the user is; whether that user may read is the servlet's question. WildFly (39.0.1) asks
     * nobody at an address without a constraint, whatever the servlet does; and where the WAR has no login, a constraint
     * makes a 500 there. Health and the files of the page are for anyone, by a mapping of their own that fits better.
     */
    private void askWhoItIs(ServletRegistration.Dynamic mapped, String path) {
        mapped.setServletSecurity(new ServletSecurityElement(
                new HttpConstraintElement(ServletSecurity.TransportGuarantee.NONE, ANY_USER)));
        ServletRegistration.Dynamic forAnyone = context.addServlet(NAME + "open", servlet(path));
        StatusServlet.OPEN_PATHS.forEach(open -> forAnyone.addMapping(path + open));
        forAnyone.setServletSecurity(new ServletSecurityElement());
    }
}
