package io.github.deploymigrations.cdi;

import io.github.deploymigrations.deployment.Deployment;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;

/**
 * A check of MicroProfile Health that says how the run ended.
 *
 * <p>A bean of the interface's archive, and therefore not one of the configurator of {@link
 * jakarta.enterprise.inject.spi.AfterBeanDiscovery#addBean()}: whatever its bean class, Weld (5.1.6) adds that to the
 * archive of the extension. WildFly's MicroProfile Health (39.0.1) asks as its own module, which does not see the
 * archive of a jar without beans, but does see the one of the interface.
 *
 * @param kind the qualifier that says what is checked
 */
record HealthCheckBean(Annotation kind, Deployment deployment, BeanManager beans) implements Bean<HealthCheck> {
    private static final String NAME = "mybatis-migrations";

    @Override
    public Class<?> getBeanClass() {
        return HealthCheck.class;
    }

    @Override
    public HealthCheck create(CreationalContext<HealthCheck> context) {
        // Weld looks for its container at the first call, by the name of the deployment, which a later one may have too
        isOver();
        return this::response;
    }

    @Override
    public void destroy(HealthCheck check, CreationalContext<HealthCheck> context) {
        context.release();
    }

    @Override
    public Set<Type> getTypes() {
        return Set.of(HealthCheck.class, Object.class);
    }

    @Override
    public Set<Annotation> getQualifiers() {
        return Set.of(kind, Any.Literal.INSTANCE);
    }

    /** No proxy: servers keep the checks of all their deployments in one map. */
    @Override
    public Class<? extends Annotation> getScope() {
        return Dependent.class;
    }

    @Override
    public Set<InjectionPoint> getInjectionPoints() {
        return Set.of();
    }

    @Override
    public Set<Class<? extends Annotation>> getStereotypes() {
        return Set.of();
    }

    @Override
    public boolean isAlternative() {
        return false;
    }

    @Override
    public String getName() {
        return null;
    }

    private HealthCheckResponse response() {
        if (isOver()) {
            return new HealthCheckResponse(NAME, Status.UP, Optional.of(Map.of("deployment", "over")));
        }
        return new HealthCheckResponse(NAME, deployment.isReady() ? Status.UP : Status.DOWN, Optional.empty());
    }

    /**
     * WildFly (39.0.1) fires no BeforeShutdown to a deployment that was blocked, and asks its checks until the server
     * ends, also when a later deployment mended everything. The container does know that it is no more.
     */
    private boolean isOver() {
        try {
            beans.getBeans(HealthCheck.class, kind);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
