package io.github.deploymigrations.servlet;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many requests at once, and how each was answered. */
record Storm(List<Answered> answers, Duration took) {
    private static final Duration TOO_LONG = Duration.ofSeconds(40);

    /** One request; status 0 is none in 40 seconds. */
    record Answered(String path, int status, String body, Duration took) {}

    /** Asks for the paths in turn; the headers are pairs of name and value. */
    static Storm of(String address, List<String> paths, int requests, String... headers) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        long start = System.nanoTime();
        List<CompletableFuture<Answered>> begun = IntStream.range(0, requests)
                .mapToObj(number -> ask(client, address, paths.get(number % paths.size()), headers))
                .toList();
        List<Answered> answers = begun.stream().map(CompletableFuture::join).toList();
        return new Storm(answers, since(start));
    }

    private static CompletableFuture<Answered> ask(HttpClient client, String address, String path, String... headers) {
        long start = System.nanoTime();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).timeout(TOO_LONG);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .handle((answer, failure) -> failure == null
                        ? new Answered(path, answer.statusCode(), answer.body(), since(start))
                        : new Answered(path, 0, failure.toString(), since(start)));
    }

    Duration slowest() {
        return answers.stream().map(Answered::took).reduce(Duration.ZERO, Storm::longer);
    }

    long slowerThan(Duration limit) {
        return answers.stream()
                .filter(answer -> answer.took().compareTo(limit) > 0)
                .count();
    }

    static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    @Override
    public String toString() {
        return answers.stream()
                .map(answer -> answer.status() + " " + answer.path() + " "
                        + answer.took().toMillis() + " ms")
                .sorted()
                .collect(Collectors.joining("\n"));
    }
}
