package io.github.deploymigrations.it;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a text that people read must have in it. */
public final class TextAssertions {
    private TextAssertions() {}

    public static void assertSays(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part), () -> "Not said: " + part + "\nbut: " + text);
        }
    }

    public static void assertDoesNotSay(String text, String part) {
        assertFalse(text.contains(part), () -> "Said: " + part + "\nin: " + text);
    }
}
