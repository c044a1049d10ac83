package io.github.deploymigrations;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/** The name of the machine or server that this process is. */
public final class Node {
    /** Linux has it at hand; Java asks for the host's addresses too, and waits for a name server that is silent. */
    private static final String LINUX = "/proc/sys/kernel/hostname";

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
        try (InputStream file = new FileInputStream(LINUX)) {
            String name = new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
            return name.isEmpty() ? hostWithAddress() : name;
        } catch (IOException e) {
            return hostWithAddress();
        }
    }

    private static String hostWithAddress() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
