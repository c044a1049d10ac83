package io.github.deploymigrations.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptHeaderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                               | 1   | 1",
                "*/*                                                              | 1   | 1",
                "text/html                                                        | 1   | 0",
                "application/json                                                 | 0   | 1",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8  | 1   | 0.8",
                "application/json;q=0.5, text/html;q=0.4                          | 0.4 | 0.5",
                "text/*;q=0.3, */*;q=0.1                                          | 0.3 | 0.1",
                "*/*, text/html;q=0                                               | 0   | 1",
                "text/html;q=0.2, text/*                                          | 0.2 | 0",
                "TEXT/HTML ; Q = 0.7                                              | 0.7 | 0",
                "text/html;charset=utf-8;q=0.6                                    | 0.6 | 0",
                "text/html;q=much                                                 | 0   | 0",
                "text/html;q=1.9                                                  | 1   | 0",
                ",;;,/                                                            | 0   | 0",
            })
    void the_most_specific_range_tells_how_much_a_type_is_liked(String header, double html, double json) {
        AcceptHeader accept = AcceptHeader.of(List.of(header));

        assertEquals(html, accept.quality("text/html"));
        assertEquals(json, accept.quality("application/json"));
    }

    @Test
    void several_headers_are_one_list() {
        AcceptHeader accept = AcceptHeader.of(List.of("text/html;q=0.5", "application/json"));

        assertEquals(0.5, accept.quality("text/html"));
        assertEquals(1, accept.quality("application/json"));
    }
}
