package io.github.deploymigrations.servlet;

import io.github.deploymigrations.deployment.Deployment;
import io.github.deploymigrations.deployment.DeploymentReport;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.settings.Access;
import io.github.deploymigrations.settings.ActionAccess;
import io.github.deploymigrations.settings.StatusSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.HttpConstraintElement;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.annotation.ServletSecurity.TransportGuarantee;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Puts what answers requests into the WAR. */
final class Registration {
    private static final String NAME = "io.github.deploymigrations.";

    private final ServletContext context;
    private final DeploymentReport report;
    private final boolean login;
    private final Optional<StatusServlet> status;

    Registration(ServletContext context, Deployment deployment, DeploymentReport report) {
        this.context = context;
        this.report = report;
        this.login = WebXml.hasLogin(context);
        Optional<String> path = report.statusPage().path();
        this.status = path.isPresent()
                ? Optional.of(new StatusServlet(
                        deployment, new Site(context.getContextPath(), path.get()), report.statusPage(), login))
                : Optional.empty();
    }

    /** The application runs, and the status is one of its paths, unless the application has that path itself. */
    void open() {
        if (status.isPresent()) {
            boolean shown = isMapped(status.get());
            Log.log(
                    shown ? Message.STATUS_AT : Message.STATUS_PATH_TAKEN,
                    status.get().site());
            if (shown && !Json.isThere()) {
                Log.log(Message.JSON_BINDING_MISSING);
            }
        }
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
        String path = servlet.site().path();
        if (isTaken(path) || isTaken(path + "/*")) {
            return false;
        }
        context.declareRoles(roles().toArray(new String[0]));
        if (login && report.statusPage().actions() == ActionAccess.ROLE) {
            askActors(servlet.twin(), path);
        }
        if (login && isByRole()) {
            askForLogin(servlet.twin(), path);
            context.addServlet(NAME + "status", servlet).addMapping(path + "/*");
        } else {
            context.addServlet(NAME + "status", servlet).addMapping(path, path + "/*");
        }
        return true;
    }

    private boolean isTaken(String path) {
        for (ServletRegistration registration :
                context.getServletRegistrations().values()) {
            if (registration.getMappings().contains(path)) {
                return true;
            }
        }
        return false;
    }

    private boolean isByRole() {
        return report.statusPage().access() == Access.ROLE;
    }

    private List<String> roles() {
        StatusSettings settings = report.statusPage();
        List<String> roles = new ArrayList<>();
        if (isByRole()) {
            roles.add(settings.role());
        }
        if (settings.actions() == ActionAccess.ROLE) {
            roles.add(settings.actionRole());
        }
        roles.removeAll(List.of(Gatekeeper.ANY_USER));
        return roles;
    }

    /** The same as for readers, for those who act, whoever may read. */
    private void askActors(StatusServlet servlet, String path) {
        ServletRegistration.Dynamic registration = context.addServlet(NAME + "actions", servlet);
        Actions.paths(blocks()).forEach(action -> registration.addMapping(path + action));
        registration.setServletSecurity(anyUser());
    }

    /**
     * The roles are named beside: TomEE (9.0.0, Tomcat 10.0.27) refuses everybody instead of asking where there is nothing
     * but {@code **}, and Open Liberty (26.0.0.3) forgets {@link ServletContext#declareRoles} and knows a role by this.
     */
    private ServletSecurityElement anyUser() {
        List<String> roles = new ArrayList<>(List.of(Gatekeeper.ANY_USER));
        roles.addAll(roles());
        return new ServletSecurityElement(
                new HttpConstraintElement(TransportGuarantee.NONE, roles.toArray(String[]::new)));
    }

    private List<String> blocks() {
        return report.databases().stream()
                .map(database -> database.report().name())
                .toList();
    }

    /**
     * Lets the container ask who the user is before the servlet does: WildFly (39.0.1, elytron-web 4.1.2) never asks when
     * a servlet calls {@code authenticate} on a path without a constraint. Which role is needed the servlet says itself,
     * as a container's own 403 tells nobody what to do.
     */
    private void askForLogin(StatusServlet servlet, String path) {
        ServletRegistration.Dynamic registration = context.addServlet(NAME + "status.login", servlet);
        registration.addMapping(path, path + "/", path + "/metrics", path + "/plan");
        // one by one, as a wildcard would take in what is for anyone
        blocks().forEach(block -> registration.addMapping(path + "/" + block, path + "/" + block + "/plan"));
        registration.setServletSecurity(anyUser());
    }
}
