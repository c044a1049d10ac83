package io.github.deploymigrations.it.app;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Answers a query: a line for each row, its columns separated by blanks. */
@WebServlet("/query")
@SuppressWarnings({"BanJNDI", "serial"}) // the names are those of the tests
public class QueryServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.setContentType("text/plain;charset=UTF-8");
        try {
            DataSource dataSource = InitialContext.doLookup(request.getParameter("dataSource"));
            response.getWriter().print(String.join("\n", rows(dataSource, request.getParameter("sql"))));
        } catch (NamingException | SQLException e) {
            throw new ServletException(e);
        }
    }

    private static List<String> rows(DataSource dataSource, String sql) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql);
                var result = statement.executeQuery()) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(result.getString(column));
                }
                rows.add(String.join(" ", row));
            }
            return rows;
        }
    }
}
