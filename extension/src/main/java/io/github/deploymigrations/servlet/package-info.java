/** The servlet container's part: the start of the WAR, the closed door of a blocked one, and the status over HTTP. */
package io.github.deploymigrations.servlet;
