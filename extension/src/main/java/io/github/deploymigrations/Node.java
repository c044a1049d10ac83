package io.github.deploymigrations;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of the machine or server that this process is. */
public final class Node {
    private Node() {}

    /** The name that WildFly gives itself, else the host's; never empty. */
    public static String name() {
        String name = System.getProperty("jboss.node.name");
        if (name == null) {
            name = System.getenv("HOSTNAME");
        }
        return name == null || name.isBlank() ? host() : name;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
