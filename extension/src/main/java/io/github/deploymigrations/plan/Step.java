package io.github.deploymigrations.plan;

import io.github.deploymigrations.RevisionId;
import io.github.deploymigrations.changelog.AppliedRevision;
import io.github.deploymigrations.changelog.Attempt;
import io.github.deploymigrations.scripts.Part;
import io.github.deploymigrations.scripts.Script;
import java.util.Optional;

/** One thing that a run writes. */
public sealed interface Step {
    /** The revision concerned. */
    RevisionId id();

    /** A step about a script of this release, or an undo part that the history keeps. */
    sealed interface OfScript extends Step {
        Script script();

        @Override
        default RevisionId id() {
            return script().id();
        }
    }

    /** A step that runs statements. */
    sealed interface Running extends OfScript {
        /** The statements. */
        Part part();

        /** The first statement to run, from 1; those before it are in the database. */
        int from();

        @Override
        default Script script() {
            return part().script();
        }
    }

    /**
     * A script is applied.
     *
     * @param script to apply
     * @param from the first statement to run, from 1; those before it are in the database
     */
    record Apply(Script script, int from) implements Running {
        @Override
        public Part part() {
            return new Part.Up(script);
        }
    }

    /**
     * An applied revision is undone.
     *
     * @param row of the changelog that goes
     * @param part that undoes it
     * @param from the first statement to run, from 1; those before it are done
     */
    record Undo(AppliedRevision row, Part part, int from) implements Running {}

    /** A person said that the script's effect is there: it is recorded as applied. */
    record CountAsApplied(Script script) implements OfScript {}

    /** The database was there before its changelog: the script is recorded as applied. */
    record Baseline(Script script) implements OfScript {}

    /** A person said that nothing of it is there: it is pending again. */
    record Reset(Script script) implements OfScript {}

    /** A person said that a revision whose undo did not end well is undone: its row goes. */
    record CountAsUndone(AppliedRevision row, Attempt attempt) implements Step {
        @Override
        public RevisionId id() {
            return row.id();
        }
    }

    /** A person said that nothing of an attempt is there. */
    record Forget(Attempt attempt) implements Step {
        @Override
        public RevisionId id() {
            return attempt.revision();
        }
    }

    /** The script is never to be applied. */
    record Skip(Script script) implements OfScript {}

    /**
     * A person said that what is here counts.
     *
     * @param id of the revision
     * @param script that counts from now on; empty where there is none any more
     */
    record Accept(RevisionId id, Optional<Script> script) implements Step {}
}
