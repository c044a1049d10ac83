/** What this release brings: a MyBatis repository, found in a folder or on a class path, read and checked as a whole. */
package io.github.deploymigrations.scripts;
