package io.github.deploymigrations.servlet;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/** One who does the application's own work again and again while others ask for its status; waits until it is closed. */
final class Bystander implements AutoCloseable {
    private final Thread thread = new Thread(this::run, "bystander");
    private final Callable<String> work;
    private volatile boolean over;
    private Duration longest = Duration.ZERO;
    private String said = "";

    private Bystander(Callable<String> work) {
        this.work = work;
        thread.setDaemon(true);
        thread.start();
    }

    /** Takes a connection of the application's pool, uses it, and gives it back. */
    static Bystander atPool(DataSource pool) {
        return new Bystander(() -> query(pool));
    }

    /** Gets a page of the application. */
    static Bystander atPage(String address) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofSeconds(40))
                .build();
        return new Bystander(() -> {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? "" : answer.toString();
        });
    }

    private static String query(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select 1");
            return "";
        }
    }

    private void run() {
        try {
            while (!over && said.isEmpty()) {
                long start = System.nanoTime();
                said = work.call();
                longest = Storm.longer(longest, Storm.since(start));
                Thread.sleep(5);
            }
        } catch (Exception e) {
            said = e.toString();
        }
    }

    /** The longest that one round took, or that it was refused, in words; to be asked after the end. */
    Duration longest() {
        if (!said.isEmpty()) {
            throw new AssertionError(said);
        }
        return longest;
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "longest " + longest.toMillis() + " ms " + said;
    }
}
