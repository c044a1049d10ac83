package io.github.deploymigrations.cli;

import io.github.deploymigrations.database.Errors;
import io.github.deploymigrations.messages.Message;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** New connections of a driver of the class path or of a jar that the command line names. */
final class UrlDataSource implements DataSource, AutoCloseable {
    private final URLClassLoader loader;
    private final Driver driver;
    private final String url;
    private final Properties login;

    private UrlDataSource(URLClassLoader loader, Driver driver, String url, Properties login) {
        this.loader = loader;
        this.driver = driver;
        this.url = url;
        this.login = login;
    }

    /** @param variables of the environment, one of which may have the password */
    static UrlDataSource of(Arguments arguments, Map<String, String> variables) throws WrongUse, IOException {
        String url = arguments
                .option("--url")
                .orElseThrow(() -> new WrongUse(
                        Message.CLI_URL_MISSING.with(arguments.command().name().toLowerCase(Locale.ROOT))));
        Properties login = new Properties();
        arguments.option("--user").ifPresent(user -> login.setProperty("user", user));
        Optional<String> variable = arguments.option("--password-env");
        if (variable.isPresent()) {
            String password = variables.get(variable.get());
            if (password == null) {
                throw new WrongUse(Message.CLI_PASSWORD_UNSET.with(variable.get()));
            }
            login.setProperty("password", password);
        }
        putNotToMake(url, login);
        URLClassLoader loader = loader(arguments.option("--driver"));
        try {
            for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
                if (driver.acceptsURL(url)) {
                    return new UrlDataSource(loader, driver, url, login);
                }
            }
        } catch (SQLException e) {
            throw new WrongUse(Message.CLI_DRIVER_MISSING.with(Errors.masked(String.valueOf(e.getMessage()))));
        }
        loader.close();
        throw new WrongUse(Message.CLI_DRIVER_MISSING.with(Errors.masked(url)));
    }

    /** Who only looks must not make a database where there is none, as H2 (2.4), HSQLDB (2.7) and SQLite (3.50) would. */
    private static void putNotToMake(String url, Properties login) {
        if (url.startsWith("jdbc:h2:")
                && !url.startsWith("jdbc:h2:mem:")
                && !url.toUpperCase(Locale.ROOT).contains(";IFEXISTS=")) {
            // H2 takes no setting twice
            login.setProperty("IFEXISTS", "TRUE");
        } else if (url.startsWith("jdbc:hsqldb:") && !url.startsWith("jdbc:hsqldb:mem:")) {
            login.setProperty("ifexists", "true");
        } else if (url.startsWith("jdbc:sqlite:")) {
            // SQLITE_OPEN_READWRITE without SQLITE_OPEN_CREATE
            login.setProperty("open_mode", "2");
        }
    }

    private static URLClassLoader loader(Optional<String> jar) throws IOException, WrongUse {
        List<URL> urls = new ArrayList<>();
        if (jar.isPresent()) {
            Path file = Arguments.path(jar.get());
            if (!Files.isRegularFile(file)) {
                throw new WrongUse(Message.CLI_PLACE_UNREADABLE.with(jar.get(), "it is not there"));
            }
            urls.add(file.toUri().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new), UrlDataSource.class.getClassLoader());
    }

    @Override
    public Connection getConnection() throws SQLException {
        return driver.connect(url, login);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // nothing is written
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // the run has a limit of its own
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return type.cast(this);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
