/** One run at a time on one changelog: locks that die with the process that holds them, and waiting for them. */
package io.github.deploymigrations.lock;
