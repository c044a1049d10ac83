package io.github.deploymigrations.it.app;

import io.github.deploymigrations.MigrationListener;
import io.github.deploymigrations.MigrationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Tells a chat what was applied, and what failed. */
public final class ChatNotifier implements MigrationListener {
    @Override
    public void afterRun(MigrationReport report) {
        if (!report.appliedNow().isEmpty()) {
            say(report.name() + " is now at revision " + report.current().orElseThrow());
        }
    }

    @Override
    public void onFailure(MigrationReport report) {
        say(report.name() + " failed on " + report.node() + ":\n"
                + report.failure().orElseThrow().describe());
    }

    private static void say(String text) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(System.getProperty("chat.address")))
                .POST(HttpRequest.BodyPublishers.ofString(text))
                .build();
        try {
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
