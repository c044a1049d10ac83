package io.github.deploymigrations.servlet;

import io.github.deploymigrations.Revision;
import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.changelog.HistoryTable;
import io.github.deploymigrations.deployment.DatabaseReport;
import io.github.deploymigrations.deployment.Deployment;
import io.github.deploymigrations.deployment.DeploymentReport;
import io.github.deploymigrations.run.Patience;
import io.github.deploymigrations.scripts.ScriptText;
import java.util.List;
import java.util.Optional;

/**
 * What is shown.
 *
 * @param run what the run of this deployment said
 * @param now the same with the revisions as the databases have them now
 * @param deployment to ask for what few readers want to see
 */
record Status(DeploymentReport run, DeploymentReport now, Deployment deployment) {

    /** Empty if nothing ran. Asks the databases. */
    static Optional<Status> of(Deployment deployment) {
        return deployment.outcome().map(run -> of(run, deployment));
    }

    /** The status of one block, or empty if there is none of this name. Asks its database, and no other. */
    static Optional<Status> of(Deployment deployment, String block) {
        return deployment
                .outcome()
                .map(run -> run.only(block))
                .filter(run -> !run.databases().isEmpty())
                .map(run -> of(run, deployment));
    }

    private static Status of(DeploymentReport run, Deployment deployment) {
        return new Status(run, deployment.now(run, Patience.ENOUGH), deployment);
    }

    /** What a block's history calls this deployment, if the block got as far as to a database. */
    Optional<String> deployment(String block) {
        return deployment.name(block);
    }

    /** The newest attempts of a block, the newest first; empty if they cannot be read. Asks the database. */
    Optional<List<HistoryTable.Entry>> history(String block) {
        return deployment.history(block);
    }

    /** What the script of an applied revision changed in the schema; none if nobody recorded it. Asks the database. */
    List<String> changes(String block, RevisionId revision) {
        return deployment.changes(block, revision);
    }

    /** The script of a revision, if this release has one that can be read. */
    Optional<ScriptText> script(String block, RevisionId revision) {
        return deployment.script(block, revision);
    }

    /** A revision of a block. */
    Optional<Revision> revision(String block, RevisionId id) {
        return now.databases().stream()
                .map(DatabaseReport::report)
                .filter(report -> report.name().equals(block))
                .flatMap(report -> report.revisions().stream())
                .filter(revision -> revision.id().equals(id))
                .findFirst();
    }
}
