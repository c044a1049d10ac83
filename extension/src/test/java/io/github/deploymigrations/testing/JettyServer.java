package io.github.deploymigrations.testing;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.servlet.security.ConstraintMapping;
import org.eclipse.jetty.ee10.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.security.Authenticator;
import org.eclipse.jetty.security.Constraint;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.security.Password;

/**
 * Jetty with one WAR at {@code /shop}: the extension's initializer, and an application that answers every path with
 * {@code the application} and counts what reaches it.
 */
public final class JettyServer implements AutoCloseable {
    private static final String INITIALIZER = "io.github.deploymigrations.servlet.MigrationsInitializer";

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final ServletContextHandler context = new ServletContextHandler("/shop", ServletContextHandler.SESSIONS);
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger reached = new AtomicInteger();
    private final ServletContainerInitializer initializer;

    /** A server with this WAR, which is not started yet. */
    public JettyServer(TestWar war) {
        server.addConnector(connector);
        server.setHandler(context);
        context.setServletHandler(new Servlets(context));
        context.setClassLoader(war.loader());
        context.setBaseResourceAsPath(war.root());
        initializer = war.create(ServletContainerInitializer.class, INITIALIZER);
        filter(counting());
        servlet("/", answering("the application"));
    }

    /** The application has this servlet too. */
    public JettyServer servlet(String path, Servlet servlet) {
        context.addServlet(new ServletHolder(servlet), path);
        return this;
    }

    /** The application has this filter too, in front of all of its servlets. */
    public JettyServer filter(Filter filter) {
        context.addFilter(new FilterHolder(filter), "/*", EnumSet.allOf(DispatcherType.class));
        return this;
    }

    /** The application has a login, and these users, whose passwords are their names. */
    public JettyServer login(Authenticator authenticator, String user, String... roles) {
        UserStore users = new UserStore();
        users.addUser(user, new Password(user), roles);
        HashLoginService service = new HashLoginService("shop");
        service.setUserStore(users);
        ConstraintSecurityHandler security = new ConstraintSecurityHandler();
        security.setAuthenticator(authenticator);
        security.setLoginService(service);
        context.setSecurityHandler(security);
        return this;
    }

    /** Starts; what the initializer throws keeps the application from starting, and is thrown. */
    public JettyServer start() throws Exception {
        return start(initializer);
    }

    /** Starts, and goes on whatever the initializer throws, as Open Liberty (26.0.0.3) does. */
    public JettyServer startInSpiteOfAll() throws Exception {
        return start((classes, started) -> {
            try {
                initializer.onStartup(classes, started);
            } catch (ServletException | RuntimeException e) {
                // that server logs a warning here
            }
        });
    }

    private JettyServer start(ServletContainerInitializer first) throws Exception {
        context.addServletContainerInitializer(first);
        server.start();
        return this;
    }

    /** How many requests reached anything of the application. */
    public int reached() {
        return reached.get();
    }

    /** Gets a path below {@code /shop}; the headers are pairs of name and value. */
    public HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, headers);
    }

    /** Sends a request without a body; an answer in JSON is held against its schema. */
    public HttpResponse<String> send(String method, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return AnswerSchema.checked(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Where the application is. */
    public String address() {
        return "http://localhost:" + connector.getLocalPort() + "/shop";
    }

    /** The header by which a user of {@link #login} says who it is, as a pair of name and value. */
    public static String[] as(String user) {
        byte[] credentials = (user + ":" + user).getBytes(StandardCharsets.UTF_8);
        return new String[] {"Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials)};
    }

    /** A servlet that answers with this text. */
    public static Servlet answering(String text) {
        return new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
                response.getWriter().print(text);
            }
        };
    }

    private HttpFilter counting() {
        return new HttpFilter() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws IOException, ServletException {
                reached.incrementAndGet();
                chain.doFilter(request, response);
            }
        };
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Heeds the constraints that an initializer sets, as the specification says; Jetty (12.1.5) forgets them. */
    private static final class Servlets extends ServletHandler {
        private final ServletContextHandler context;

        Servlets(ServletContextHandler context) {
            this.context = context;
        }

        @Override
        public Set<String> setServletSecurity(
                ServletRegistration.Dynamic registration, ServletSecurityElement constraint) {
            if (!List.of(constraint.getRolesAllowed()).contains("**")) {
                throw new UnsupportedOperationException("only any user who is logged in");
            }
            if (context.getSecurityHandler() instanceof ConstraintSecurityHandler security) {
                for (String path : registration.getMappings()) {
                    ConstraintMapping mapping = new ConstraintMapping();
                    mapping.setPathSpec(path);
                    mapping.setConstraint(Constraint.ANY_USER);
                    security.addConstraintMapping(mapping);
                }
            }
            return Set.of();
        }
    }
}
