package io.github.deploymigrations.it.app;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Needs the migrated schema before the first request. */
@WebListener
public class EarlyListener implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
        Visitors.add("servlet context listener");
    }
}
