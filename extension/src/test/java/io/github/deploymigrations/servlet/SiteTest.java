package io.github.deploymigrations.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteTest {
    /** A browser compares the path of a cookie with what it sends. */
    @ParameterizedTest
    @CsvSource({
        "/shop, /shop/migrations/default",
        "'', /migrations/default",
        "/my büro, /my%20b%C3%BCro/migrations/default",
        "/my%20büro, /my%20b%C3%BCro/migrations/default",
        "/a#b@1.0, /a%23b@1.0/migrations/default"
    })
    void an_address_is_as_a_browser_sends_it(String contextPath, String address) {
        assertEquals(address, new Site(contextPath, "/migrations").address("/default"));
    }

    @Test
    void people_read_the_path_of_the_application_as_it_is() {
        Site site = new Site("/my büro", "/migrations");
        assertEquals("/my büro", site.application());
        assertEquals("/my büro/migrations", site.toString());
    }
}
