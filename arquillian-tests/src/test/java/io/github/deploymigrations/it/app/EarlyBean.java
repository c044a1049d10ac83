package io.github.deploymigrations.it.app;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;

/** Needs the migrated schema as soon as the server creates it. */
@Singleton
@Startup
public class EarlyBean {
    @PostConstruct
    void visit() {
        Visitors.add("EJB singleton");
    }
}
