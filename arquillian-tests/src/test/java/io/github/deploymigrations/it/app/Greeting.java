package io.github.deploymigrations.it.app;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What an application can answer by: a servlet and a filter; a static page goes with them into the WAR. */
@WebServlet("/greeting")
@SuppressWarnings("serial")
public class Greeting extends HttpServlet {
    /** Nobody else says this. */
    public static final String TEXT = "The application answers.";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(TEXT);
    }

    /** Answers by itself. */
    @WebFilter("/filtered")
    public static class Filtering extends HttpFilter {
        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            response.getWriter().print(TEXT);
        }
    }
}
