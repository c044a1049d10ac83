package io.github.deploymigrations.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;

/**
 * What a client accepts, by RFC 9110, 12.5.1: media ranges with qualities, of which the most specific one that matches
 * counts. Parameters other than {@code q} are not looked at. Immutable.
 */
record AcceptHeader(List<Range> ranges) {
    /** A media type, a type with any subtype, or anything. */
    record Range(String text, double quality) {
        /** 0 if the range does not match, else the more the narrower it is. */
        int specificity(String mediaType) {
            if (text.equals(mediaType)) {
                return 3;
            }
            if (text.equals("*/*")) {
                return 1;
            }
            boolean anySubtype = text.endsWith("/*") && mediaType.startsWith(text.substring(0, text.length() - 1));
            return anySubtype ? 2 : 0;
        }
    }

    AcceptHeader {
        ranges = List.copyOf(ranges);
    }

    /** What the client of this request accepts. */
    static AcceptHeader of(HttpServletRequest request) {
        Enumeration<String> headers = request.getHeaders("Accept");
        // null where a container gives no headers away
        return of(headers == null ? List.of() : Collections.list(headers));
    }

    /** @param values of all headers of this name; none is the same as anything */
    static AcceptHeader of(List<String> values) {
        List<Range> ranges = new ArrayList<>();
        for (String element : String.join(",", values).split(",", -1)) {
            String[] parts = element.split(";", -1);
            String text = parts[0].strip().toLowerCase(Locale.ROOT);
            if (!text.isEmpty()) {
                ranges.add(new Range(text, quality(parts)));
            }
        }
        return new AcceptHeader(ranges);
    }

    /** How much the client likes the media type, from 0 to 1. */
    double quality(String mediaType) {
        int specificity = 0;
        double quality = ranges.isEmpty() ? 1 : 0;
        for (Range range : ranges) {
            if (range.specificity(mediaType) > specificity) {
                specificity = range.specificity(mediaType);
                quality = range.quality();
            }
        }
        return quality;
    }

    private static double quality(String[] parts) {
        for (String part : parts) {
            String parameter = part.strip().toLowerCase(Locale.ROOT);
            if (parameter.matches("q\\s*=.*")) {
                String value = parameter.substring(parameter.indexOf('=') + 1).strip();
                // a quality that is none is taken for the least, so that nonsense decides nothing
                return value.matches("[01](\\.[0-9]{0,3})?") ? Math.min(1, Double.parseDouble(value)) : 0;
            }
        }
        return 1;
    }
}
