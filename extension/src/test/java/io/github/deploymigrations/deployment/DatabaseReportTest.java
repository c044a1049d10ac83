package io.github.deploymigrations.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.messages.Message;
import io.github.deploymigrations.messages.Problem;
import io.github.deploymigrations.settings.DatabaseSettings;
import io.github.deploymigrations.settings.Overrides;
import io.github.deploymigrations.settings.SettingsReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatabaseReportTest {
    private static boolean blocks(MigrationFailure failure) throws IOException {
        DatabaseSettings warns = new SettingsReader(Overrides.none())
                .properties("p", new StringReader("on-failure=warn\n"))
                .read()
                .databases()
                .get(0);
        MigrationReport report = MigrationReport.notRun("default", "production", "migrate", Instant.now(), failure);
        return new DatabaseReport(Optional.of(warns), report).blocks();
    }

    @Test
    void a_wrong_configuration_blocks_even_where_failures_only_warn() throws IOException {
        List<Problem> problems = List.of(new Problem("beans.xml:3", Message.TARGET_UNKNOWN.with("9", "1", "2")));
        assertEquals(true, blocks(new MigrationFailure.InvalidSettings(problems)));
        assertEquals(false, blocks(new MigrationFailure.InvalidScripts(problems)));
    }
}
