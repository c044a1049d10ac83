package io.github.deploymigrations.it;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a text that people read must have in it. */
final class TextAssertions {
    private TextAssertions() {}

    static void assertSays(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part), () -> "Not said: " + part + "\nbut: " + text);
        }
    }

    static void assertDoesNotSay(String text, String part) {
        assertFalse(text.contains(part), () -> "Said: " + part + "\nin: " + text);
    }
}
