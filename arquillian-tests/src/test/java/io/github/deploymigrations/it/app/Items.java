package io.github.deploymigrations.it.app;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Reads the migrated table by way of JPA: when the application starts, and at each request. */
@WebServlet("/items")
@SuppressWarnings("serial")
public class Items extends HttpServlet {
    @PersistenceUnit(unitName = "furniture")
    private EntityManagerFactory units;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter()
                .print(request.getServletContext().getAttribute(Items.class.getName()) + ", now " + names(units));
    }

    private static String names(EntityManagerFactory units) {
        EntityManager items = units.createEntityManager();
        try {
            return String.join(
                    " ",
                    items.createQuery("select i.name from Item i order by i.name", String.class)
                            .getResultList());
        } finally {
            items.close();
        }
    }

    /** The first of the application's own code that the servlet container calls. */
    @WebListener
    public static class AtStart implements ServletContextListener {
        @PersistenceUnit(unitName = "furniture")
        private EntityManagerFactory units;

        @Override
        public void contextInitialized(ServletContextEvent event) {
            event.getServletContext().setAttribute(Items.class.getName(), "at the start " + names(units));
        }
    }
}
