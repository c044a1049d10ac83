package io.github.deploymigrations.deployment;

import io.github.deploymigrations.MigrationFailure;
import io.github.deploymigrations.MigrationReport;
import io.github.deploymigrations.Revision;
import io.github.deploymigrations.settings.DatabaseSettings;
import io.github.deploymigrations.settings.Mode;
import io.github.deploymigrations.settings.OnFailure;
import java.util.Optional;

/**
 * What happened to one database of the deployment. Immutable.
 *
 * @param settings of the block; empty where they could not be read
 * @param report of the run, or of a look at the status after it
 */
public record DatabaseReport(Optional<DatabaseSettings> settings, MigrationReport report) {

    /**
     * Whether the run did to the database what this deployment should have done. What a newer release brought, and what
     * another node is doing, is none of its duty.
     */
    public boolean isDutyDone() {
        boolean applies = settings.filter(block -> block.mode() == Mode.MIGRATE).isPresent();
        return report.failure().isEmpty()
                && (!applies || report.revisions().stream().noneMatch(this::isDue));
    }

    /** Whether the revision is one of this deployment's scripts that is not applied and not meant to be left out. */
    private boolean isDue(Revision revision) {
        boolean open = switch (revision.state()) {
            case RUNNING, INTERRUPTED, FAILED, PENDING -> true;
            case CHANGED, MISSING, NEWER, LATE, SKIPPED, BASELINE, APPLIED, UNDONE -> false;
        };
        boolean meant = settings.flatMap(block -> block.migration().target())
                .map(target -> revision.id().compareTo(target) <= 0)
                .orElse(true);
        return open && meant && revision.script().isPresent();
    }

    /** Whether this is a reason not to let the application start. Wrong settings always are. */
    boolean blocks() {
        Optional<MigrationFailure> failure = report.failure();
        if (failure.isEmpty()) {
            return false;
        }
        return failure.get() instanceof MigrationFailure.InvalidSettings
                || settings.isEmpty()
                || settings.get().onFailure() == OnFailure.BLOCK;
    }
}
