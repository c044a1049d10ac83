/** What the jar costs a deployment on a real server. */
package io.github.deploymigrations.it.benchmark;
