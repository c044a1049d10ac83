/** What tests of several packages share: repositories in temporary folders, databases in process. */
package io.github.deploymigrations.testing;
