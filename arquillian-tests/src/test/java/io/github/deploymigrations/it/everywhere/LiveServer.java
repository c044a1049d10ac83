package io.github.deploymigrations.it.everywhere;

import io.github.deploymigrations.it.TestWar;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jboss.arquillian.container.spi.Container;
import org.jboss.arquillian.container.spi.ContainerRegistry;
import org.jboss.arquillian.container.spi.client.deployment.Deployment;
import org.jboss.arquillian.container.spi.client.deployment.DeploymentDescription;
import org.jboss.arquillian.container.spi.event.DeployDeployment;
import org.jboss.arquillian.container.spi.event.DeploymentEvent;
import org.jboss.arquillian.container.spi.event.UnDeployDeployment;
import org.jboss.arquillian.core.api.Event;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The server that Arquillian has started, for archives that a test makes while it runs. */
final class LiveServer {
    private final Container<?> container;
    private final Event<DeploymentEvent> events;
    private final Deque<Deployment> deployed = new ArrayDeque<>();

    LiveServer(ContainerRegistry registry, Event<DeploymentEvent> events) {
        this.container = registry.getContainers().get(0);
        this.events = events;
    }

    /** Deploys, in place of what was deployed under this name. */
    void deploy(Archive<?> archive) {
        if (Administrator.hasWork()) {
            // the adapters of GlassFish and Payara start the server no sooner than they deploy something
            Archive<?> first = ShrinkWrap.create(WebArchive.class, "first.war")
                    .addAsWebResource(TestWar.text("first"), "index.html");
            attempt(first);
            Administrator.administer();
            undeploy(first.getName());
        }
        attempt(archive);
    }

    private void attempt(Archive<?> archive) {
        undeploy(archive.getName());
        Deployment deployment = new Deployment(new DeploymentDescription(archive.getName(), archive)
                .shouldBeManaged(false)
                .shouldBeTestable(false));
        deployed.push(deployment);
        events.fire(new DeployDeployment(container, deployment));
        deployment.deployed();
    }

    private void undeploy(String name) {
        deployed.stream()
                .filter(deployment -> deployment.getDescription().getName().equals(name))
                .findFirst()
                .ifPresent(this::undeploy);
    }

    private void undeploy(Deployment deployment) {
        deployed.remove(deployment);
        events.fire(new UnDeployDeployment(container, deployment));
        Environment.current().undeployed();
    }

    /** Takes everything back. */
    void clear() {
        while (!deployed.isEmpty()) {
            undeploy(deployed.peek());
        }
    }
}
