/** Every message, once, with its stable id; and the log that they go to. Knows nothing else of this project. */
package io.github.deploymigrations.messages;
