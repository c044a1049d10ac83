package io.github.deploymigrations.servlet;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Writes HTML. The only way for a text to get into it is through {@link #escape}: descriptions, file names and what
 * databases say are anybody's. Not thread-safe.
 */
final class Html {
    /** Elements that begin a line, for who reads the source. */
    private static final Set<String> LINES = Set.of(
            "html",
            "head",
            "body",
            "meta",
            "title",
            "link",
            "script",
            "noscript",
            "header",
            "main",
            "section",
            "footer",
            "nav",
            "h1",
            "h2",
            "h3",
            "p",
            "ul",
            "li",
            "dl",
            "div",
            "table",
            "thead",
            "tbody",
            "tr",
            "form",
            "details",
            "button");

    private final StringBuilder out = new StringBuilder("<!DOCTYPE html>");
    private final Deque<String> open = new ArrayDeque<>();

    /** Begins an element; its attributes are pairs of name and value. */
    Html open(String element, String... attributes) {
        tag(element, attributes);
        open.push(element);
        return this;
    }

    /** Ends the element that was begun last. */
    Html close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element without content and without an end. */
    Html tag(String element, String... attributes) {
        if (LINES.contains(element)) {
            out.append('\n');
        }
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
        out.append('>');
        return this;
    }

    Html text(Object text) {
        escape(String.valueOf(text));
        return this;
    }

    /** An element with nothing but a text in it. */
    Html element(String element, Object text, String... attributes) {
        return open(element, attributes).text(text).close();
    }

    /** A text in which a line may end after every underscore and slash, as the words of file names have no blanks. */
    Html path(String text) {
        for (String piece : text.split("(?<=[_/])", -1)) {
            text(piece).tag("wbr");
        }
        return this;
    }

    private void escape(String text) {
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isUnprintable(character) ? '\uFFFD' : character);
            }
        });
    }

    /**
     * Controls and code points that HTML forbids, and what shows another text than there is: what turns the direction of writing, and what
     * nobody sees, but for the joiners that Persian and emoji are written with.
     */
    private static boolean isUnprintable(int character) {
        boolean control = Character.isISOControl(character) && character != '\n' && character != '\t';
        boolean none = (character & 0xFFFE) == 0xFFFE || (character >= 0xFDD0 && character <= 0xFDEF);
        boolean turns = character == 0x061C
                || character == 0x200E
                || character == 0x200F
                || (character >= 0x202A && character <= 0x202E)
                || (character >= 0x2066 && character <= 0x2069);
        boolean unseen = character == 0x00AD
                || character == 0x180E
                || character == 0x200B
                || (character >= 0x2060 && character <= 0x2064)
                || character == 0xFEFF
                || (character >= 0xE0000 && character <= 0xE007F);
        return control || none || turns || unseen;
    }

    /** The document; everything has to be closed. */
    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("still open: " + open);
        }
        return out + "\n";
    }
}
