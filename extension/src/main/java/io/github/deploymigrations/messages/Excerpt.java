package io.github.deploymigrations.messages;

/** A text that may be too long for a person, without its middle: the end often has the reason. */
public final class Excerpt {
    private static final String GAP = " … ";

    private Excerpt() {}

    /** The text, or its beginning and its end with a gap between them; no letter is cut in two. */
    public static String of(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int begin = longest * 3 / 4;
        int end = text.length() - (longest - begin - GAP.length());
        return text.substring(0, begin - (Character.isLowSurrogate(text.charAt(begin)) ? 1 : 0))
                + GAP
                + text.substring(end + (Character.isLowSurrogate(text.charAt(end)) ? 1 : 0));
    }
}
