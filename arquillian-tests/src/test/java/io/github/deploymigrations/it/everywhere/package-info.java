/**
 * What has to be true on every server: one suite, and one class for each server with what differs there. The server is
 * that of the Maven profile.
 */
package io.github.deploymigrations.it.everywhere;
