/** What the user said, and where: every key, its sources in order of rank, and all problems at once. */
package io.github.deploymigrations.settings;
