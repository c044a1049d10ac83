package io.github.deploymigrations.settings;

import io.github.deploymigrations.RevisionId;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The value of the key {@code resolve}: {@code 20260101090000:applied, 20260102090000:skip}. */
final class Resolutions {
    static final String WORDS =
            Arrays.stream(Resolution.values()).map(Resolution::toString).collect(Collectors.joining(", "));

    private Resolutions() {}

    /** The resolutions by revision, or empty if any of them is malformed or a revision has two. */
    static Optional<Map<RevisionId, Resolution>> parse(String text) {
        Map<RevisionId, Resolution> resolutions = new TreeMap<>();
        for (String part : text.split(",", -1)) {
            int colon = part.indexOf(':');
            Optional<RevisionId> id =
                    RevisionId.parse(part.substring(0, Math.max(0, colon)).strip());
            Optional<Resolution> how = Arrays.stream(Resolution.values())
                    .filter(resolution -> resolution
                            .toString()
                            .equals(part.substring(colon + 1).strip()))
                    .findFirst();
            if (id.isEmpty() || how.isEmpty() || resolutions.put(id.get(), how.get()) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(resolutions);
    }
}
