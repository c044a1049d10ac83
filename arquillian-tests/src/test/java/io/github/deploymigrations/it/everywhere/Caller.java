package io.github.deploymigrations.it.everywhere;

import io.github.deploymigrations.it.Application;
import io.github.deploymigrations.it.app.Greeting;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Somebody who calls an application without a pause, from before it is there: by its servlet, its filter, its page. */
final class Caller implements AutoCloseable {
    /** What the application answers by. */
    static final List<String> PATHS = List.of("greeting", "filtered", "page.html");

    private static final int PAUSE = 5;

    private final Application application;
    private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();
    private final Thread calling = new Thread(this::call, "caller");
    private volatile boolean done;

    Caller(Application application) {
        this.application = application;
        calling.start();
    }

    private void call() {
        while (!done) {
            try {
                PATHS.forEach(path -> answers.merge(answer(application.get(path)), 1, Integer::sum));
            } catch (UncheckedIOException e) {
                // the server does not listen, or not yet
                answers.merge("nobody", 1, Integer::sum);
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static String answer(HttpResponse<String> answer) {
        return answer.body().contains(Greeting.TEXT) ? "application" : Integer.toString(answer.statusCode());
    }

    /** How often it was answered what: {@code application}, or a status code by somebody else. */
    Map<String, Integer> answers() throws InterruptedException {
        // once more all around
        int now = total();
        while (total() < now + 2 * PATHS.size()) {
            Thread.sleep(PAUSE);
        }
        return answers;
    }

    private int total() {
        return answers.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public void close() {
        done = true;
        try {
            calling.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
