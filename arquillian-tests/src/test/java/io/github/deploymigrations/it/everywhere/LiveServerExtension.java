package io.github.deploymigrations.it.everywhere;

import java.lang.annotation.Annotation;
import org.jboss.arquillian.container.spi.ContainerRegistry;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.event.DeploymentEvent;
import org.jboss.arquillian.core.api.Event;
import org.jboss.arquillian.core.api.Instance;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.arquillian.test.spi.enricher.resource.ResourceProvider;

/** Gives tests the {@link LiveServer}. */
public final class LiveServerExtension implements LoadableExtension {
    @Override
    public void register(ExtensionBuilder builder) {
        builder.service(ResourceProvider.class, Provider.class);
        if (Environment.current() instanceof Jetty) {
            builder.service(DeployableContainer.class, JettyContainer.class);
        }
    }

    /** Made by Arquillian. */
    public static final class Provider implements ResourceProvider {
        @Inject
        private Instance<ContainerRegistry> registry;

        @Inject
        private Event<DeploymentEvent> events;

        @Override
        public boolean canProvide(Class<?> type) {
            return type == LiveServer.class;
        }

        @Override
        public Object lookup(ArquillianResource resource, Annotation... qualifiers) {
            return new LiveServer(registry.get(), events);
        }
    }
}
