package io.github.deploymigrations.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.deployment.Deployment;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import org.junit.jupiter.api.Test;

/** Where MicroProfile Health is, and where it is not. What the checks say on a server is seen on WildFly. */
class ServerHealthTest {

    @Test
    void the_deployment_is_ready_and_started_when_its_run_went_well() {
        try (SeContainer container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(ServerHealthTest.class)
                .addExtensions(new MigrationsExtension())
                .initialize()) {
            HealthCheckResponse ready = container
                    .select(HealthCheck.class, Readiness.Literal.INSTANCE)
                    .get()
                    .call();

            assertEquals("mybatis-migrations", ready.getName());
            assertEquals(HealthCheckResponse.Status.UP, ready.getStatus());
            assertTrue(container
                    .select(HealthCheck.class, Startup.Literal.INSTANCE)
                    .isResolvable());
            assertTrue(container
                    .select(HealthCheck.class, Liveness.Literal.INSTANCE)
                    .isUnsatisfied());
        }
    }

    /** WildFly goes on asking the checks of a deployment that was blocked. */
    @Test
    void a_deployment_that_is_over_keeps_nobody_from_being_ready() {
        HealthCheck ready;
        try (SeContainer container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(ServerHealthTest.class)
                .addExtensions(new MigrationsExtension())
                .initialize()) {
            ready = container
                    .select(HealthCheck.class, Readiness.Literal.INSTANCE)
                    .get();

            assertEquals(Optional.empty(), ready.call().getData());
        }

        assertEquals(HealthCheckResponse.Status.UP, ready.call().getStatus());
        assertEquals(Optional.of(Map.of("deployment", "over")), ready.call().getData());
    }

    @Test
    void without_the_interfaces_nothing_is_added_and_nothing_breaks() throws Exception {
        List<String> calls = new ArrayList<>();
        InvocationHandler event = (proxy, method, arguments) -> calls.add(method.getName());
        URL[] classes = {
            ServerHealth.class.getProtectionDomain().getCodeSource().getLocation()
        };
        try (URLClassLoader loader = new WithoutHealth(classes)) {
            Class<?> health = loader.loadClass(ServerHealth.class.getName());
            Class<?> deployment = loader.loadClass(Deployment.class.getName());
            Method addChecks =
                    health.getDeclaredMethod("addChecks", AfterBeanDiscovery.class, deployment, BeanManager.class);
            addChecks.setAccessible(true);

            Class<?>[] container = {AfterBeanDiscovery.class, BeanManager.class};
            Object recorder = Proxy.newProxyInstance(ServerHealthTest.class.getClassLoader(), container, event);
            addChecks.invoke(null, recorder, deployment.getMethod("current").invoke(null), recorder);
        }
        assertEquals(List.of(), calls);
    }

    /** Has everything but MicroProfile Health, and our classes once more. */
    private static final class WithoutHealth extends URLClassLoader {
        WithoutHealth(URL[] classes) {
            super(classes, ServerHealthTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.eclipse.microprofile.health.")) {
                throw new ClassNotFoundException(name);
            }
            if (name.startsWith("io.github.deploymigrations.")) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
            return super.loadClass(name, resolve);
        }
    }
}
