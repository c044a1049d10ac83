package io.github.deploymigrations.deployment;

import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import java.util.List;

/** The one server that drops a beans.xml with elements that are not CDI's (seen on 9.0.0; 10.1 reads it likewise). */
final class TomEE {
    private TomEE() {}

    /** Says so, if this server is one, of the files that it drops: its own message names no way out. */
    static void warn(List<String> files) {
        if (!files.isEmpty() && System.getProperty("openejb.home") != null) {
            files.forEach(file -> Log.log(Message.BEANS_XML_DROPPED, file));
        }
    }
}
