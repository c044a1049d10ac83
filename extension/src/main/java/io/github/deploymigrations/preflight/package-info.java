/** What would go wrong with a run, asked before anything is locked or written, so that it can be told all at once. */
package io.github.deploymigrations.preflight;
