/** MicroProfile, where the server has it. */
package io.github.deploymigrations.microprofile;
