/** Checks a folder, a WAR or a jar before it is deployed, from a command line and without a server. */
package io.github.deploymigrations.cli;
