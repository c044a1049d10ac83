/** Do it: connect, read, decide, and apply by one stock MyBatis operation. The only place that writes. */
package io.github.deploymigrations.run;
