package io.github.deploymigrations.servlet;

import io.github.deploymigrations.deployment.Deployment;
import io.github.deploymigrations.settings.StatusSettings;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** What a container has of the status. What answers is made for the first request: a deployment does not wait for it. */
final class StatusServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Deployment deployment;
    private final transient Site site;
    private final transient StatusSettings settings;
    private final boolean login;
    private transient Optional<StatusAnswers> answers = Optional.empty();

    /** @param login whether the WAR is known to have one */
    StatusServlet(Deployment deployment, Site site, StatusSettings settings, boolean login) {
        this.deployment = deployment;
        this.site = site;
        this.settings = settings;
        this.login = login;
    }

    Site site() {
        return site;
    }

    /** Another servlet that does the same: a container may not take one for two. */
    StatusServlet twin() {
        return new StatusServlet(deployment, site, settings, login);
    }

    private synchronized StatusAnswers answers() {
        if (answers.isEmpty()) {
            answers = Optional.of(new StatusAnswers(deployment, site, settings, login));
        }
        return answers.get();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answers().to(request, response);
    }

    @Override
    public synchronized void destroy() {
        if (answers.isPresent()) {
            answers.get().close();
        }
    }
}
