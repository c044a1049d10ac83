package io.github.deploymigrations;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** The name of the machine or server that this process is. */
public final class Node {
    private Node() {}

    /** The name that WildFly gives itself, else the host's; never empty. */
    public static String name() {
        return Optional.ofNullable(System.getProperty("jboss.node.name"))
                .or(() -> Optional.ofNullable(System.getenv("HOSTNAME")))
                .filter(name -> !name.isBlank())
                .orElseGet(Node::host);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
