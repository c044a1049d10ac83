package io.github.deploymigrations.servlet;

import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * In front of everything in an application that must not answer: 503, and nothing of the application is called. Only the
 * status is answered, and here, as the application may have filters of its own before its servlets.
 */
final class ClosedDoor implements Filter {
    private final Optional<StatusServlet> status;
    private final AtomicBoolean told = new AtomicBoolean();

    ClosedDoor(Optional<StatusServlet> status) {
        this.status = status;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        if (told.compareAndSet(false, true)) {
            // a request can only come if the server started the application in spite of our exception
            Log.log(Message.ANSWERS_NOTHING);
        }
        if (status.flatMap(servlet -> servlet.site().below(asked)).isPresent()) {
            status.get().service(request, response);
        } else {
            refusal(asked).send(asked, (HttpServletResponse) response);
        }
    }

    private Answer refusal(HttpServletRequest request) {
        Explanation closed = Message.APPLICATION_CLOSED.with(
                status.map(servlet -> servlet.site().toString()).orElse("The server's log"));
        return Answer.text(statusCode(request), closed.sentences());
    }

    /** What goes to the application's own error page is an answer already, for example a login's 401. */
    private static int statusCode(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.ERROR
                        && request.getAttribute("jakarta.servlet.error.status_code") instanceof Integer code
                ? code
                : HttpServletResponse.SC_SERVICE_UNAVAILABLE;
    }
}
