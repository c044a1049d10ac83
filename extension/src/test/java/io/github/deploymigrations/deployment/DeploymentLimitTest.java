package io.github.deploymigrations.deployment;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentLimitTest {
    private static final String HOME = "jboss.home.dir";
    private static final String TIMEOUT = "jboss.as.management.blocking.timeout";

    @AfterEach
    void no_server() {
        System.clearProperty(HOME);
        System.clearProperty(TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "never", "600", "2147483647"})
    void whatever_the_limit_of_wildfly_is_set_to_the_run_goes_on(String seconds) {
        System.setProperty(HOME, "/opt/wildfly");
        System.setProperty(TIMEOUT, seconds);
        assertDoesNotThrow(() -> DeploymentLimit.watch().end());
    }
}
