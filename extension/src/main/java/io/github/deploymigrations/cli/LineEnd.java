package io.github.deploymigrations.cli;

import io.github.deploymigrations.messages.Explanation;
import io.github.deploymigrations.messages.Message;
import java.util.Optional;

/**
 * What MyBatis' script runner (3.5.0) does to the line on which a statement ends: it looks for the last delimiter, in
 * comments too, and leaves out what stands behind it. Immutable.
 *
 * @param code of the line
 * @param comment behind it, empty if there is none
 */
record LineEnd(String code, String comment) {

    static LineEnd of(String line) {
        char quote = 0;
        for (int index = 0; index < line.length(); index++) {
            char letter = line.charAt(index);
            if (quote != 0) {
                quote = letter == quote ? 0 : quote;
            } else if (letter == '\'' || letter == '"' || letter == '`') {
                quote = letter;
            } else if (line.startsWith("--", index)) {
                return new LineEnd(line.substring(0, index), line.substring(index));
            }
        }
        return new LineEnd(line, "");
    }

    /** What is likely to be meant otherwise. */
    Optional<Explanation> surprise(String delimiter) {
        if (comment.contains(delimiter)) {
            return code.contains(delimiter) ? Optional.empty() : Optional.of(Message.DELIMITER_IN_COMMENT.with());
        }
        int end = code.lastIndexOf(delimiter);
        String behind = end < 0 ? "" : code.substring(end + delimiter.length()).strip();
        boolean isComment = behind.isEmpty()
                || behind.startsWith("#")
                || (behind.startsWith("/*") && behind.indexOf("*/") == behind.length() - 2);
        return isComment ? Optional.empty() : Optional.of(Message.TEXT_BEHIND_DELIMITER.with(behind));
    }
}
