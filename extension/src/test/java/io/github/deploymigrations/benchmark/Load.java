package io.github.deploymigrations.benchmark;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that ask for the same again and again, each over a connection that it keeps, and at once when it was answered. */
final class Load {
    private final HttpRequest request;
    private final int clients;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param headers pairs of name and value */
    Load(String address, String[] headers, int clients) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(address));
        if (headers.length > 0) {
            builder.headers(headers);
        }
        this.request = builder.build();
        this.clients = clients;
    }

    /** How many milliseconds each answer took, the quickest first. */
    record Answers(List<Double> millis, double seconds, int size) {
        double aSecond() {
            return millis.size() / seconds;
        }

        /** Within how many milliseconds this part of them came. */
        double millis(double part) {
            return millis.get((int) Math.min(millis.size() - 1, millis.size() * part));
        }
    }

    /** All of the clients ask for so long, each at least once. */
    Answers during(Duration time) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            int size = ask();
            long start = System.nanoTime();
            List<Future<List<Double>>> asking = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                Callable<List<Double>> work = () -> ask(start + time.toNanos());
                asking.add(threads.submit(work));
            }
            List<Double> millis = new ArrayList<>();
            for (Future<List<Double>> client : asking) {
                millis.addAll(client.get());
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            millis.sort(Double::compare);
            return new Answers(millis, seconds, size);
        } finally {
            threads.shutdown();
        }
    }

    private List<Double> ask(long end) throws Exception {
        List<Double> millis = new ArrayList<>();
        long now;
        do {
            long start = System.nanoTime();
            ask();
            now = System.nanoTime();
            millis.add((now - start) / 1e6);
        } while (now < end);
        return millis;
    }

    private int ask() throws Exception {
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.toString());
        }
        return answer.body().length;
    }
}
