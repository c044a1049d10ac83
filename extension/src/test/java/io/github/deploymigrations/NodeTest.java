package io.github.deploymigrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class NodeTest {
    @Test
    void a_node_has_the_name_that_Java_knows_of_its_host() throws Exception {
        assumeTrue(hasAddress());
        assumeTrue(System.getProperty("jboss.node.name") == null && System.getenv("HOSTNAME") == null);
        assertEquals(InetAddress.getLocalHost().getHostName(), Node.name());
    }

    private static boolean hasAddress() {
        try {
            InetAddress.getLocalHost();
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
