package io.github.deploymigrations.settings;

import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where the blocks of a deployment have their changelogs, as far as settings tell. Two on one changelog would take each
 * other's revisions for their own. Not thread-safe.
 */
public final class ChangelogPlaces {
    private final Map<List<String>, String> blocks = new HashMap<>();

    /** Adds a block, and tells if an earlier one has the same changelog. */
    public Optional<Problem> add(DatabaseSettings database, TableName changelog) {
        String schema = database.migration()
                .schema()
                .map(name -> name.text().toLowerCase(Locale.ROOT))
                .orElse("");
        String earlier = blocks.putIfAbsent(
                List.of(database.dataSource(), schema, changelog.sql().toLowerCase(Locale.ROOT)), database.name());
        return earlier == null
                ? Optional.empty()
                : Optional.of(new Problem(
                        "block " + database.name(),
                        Message.CHANGELOG_SHARED.with(earlier, database.name(), database.dataSource())));
    }
}
