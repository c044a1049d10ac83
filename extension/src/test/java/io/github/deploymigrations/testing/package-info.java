/** What tests of several packages share: repositories in temporary folders, real databases of every kind. */
package io.github.deploymigrations.testing;
