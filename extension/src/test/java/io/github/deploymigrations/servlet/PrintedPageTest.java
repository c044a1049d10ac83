package io.github.deploymigrations.servlet;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.github.deploymigrations.testing.Chromium;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a browser prints it, of somebody who reads it on a dark screen and may act. */
class PrintedPageTest {
    /** An A4 sheet between its margins, in CSS pixels. */
    private static final int A4 = 703;

    private static final String LONG =
            "INSERT INTO nowhere (name) VALUES ('" + "a text of some length, ".repeat(9) + "');\n";

    private static Chromium chromium;

    @TempDir
    Path folder;

    private Shop shop;
    private String address;

    @BeforeAll
    static void startBrowser() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stopBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void start() throws Exception {
        shop = new Shop(folder)
                .with("environment=development", "actions=on")
                .file("WEB-INF/classes/migrations/environments/development.properties", "")
                .script("1_create_product.sql", Shop.CREATE)
                .script("2_broken.sql", LONG + "-- a line\n".repeat(90));
        address = shop.started().address() + "/migrations";
    }

    @AfterEach
    void stop() throws Exception {
        shop.close();
    }

    private Page printed(String path) {
        Page page = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(A4, 1000)
                        .setColorScheme(ColorScheme.DARK))
                .newPage();
        page.navigate(address + path);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        return page;
    }

    @Test
    void nothing_is_cut() {
        for (String path : List.of("", "/default?revision=2")) {
            Page page = printed(path);

            assertEquals(List.of(), page.evaluate("""
                    () => [document.documentElement, ...document.querySelectorAll('pre, td')]
                        .filter(part => part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth + 1)
                        .filter(part => part !== document.documentElement || part.scrollWidth > innerWidth)
                        .map(part => part.outerHTML)
                    """), path);
        }
    }

    @Test
    void what_is_folded_on_the_screen_is_open_on_paper() {
        assertThat(printed("").locator(".what pre")).isVisible();
    }

    @Test
    void nothing_that_one_can_only_press_is_printed() {
        for (String path : List.of("", "/default?revision=2")) {
            Page page = printed(path);

            assertThat(page.locator("h1")).isVisible();
            assertEquals(
                    0,
                    page.locator("button:visible, input:visible, .ask:visible, nav:visible")
                            .count(),
                    path);
        }
    }

    @Test
    void colours_are_those_of_a_light_screen_and_can_be_read() {
        for (String path : List.of("", "/default?revision=2")) {
            Page page = printed(path);

            assertThat(page.locator("body")).hasCSS("background-color", "rgb(255, 255, 255)");
            assertThat(page.locator(".badge").first()).hasCSS("color", "rgb(179, 33, 27)");
            assertEquals(
                    List.of(),
                    new AxeBuilder(page)
                            .withRules(List.of("color-contrast"))
                            .analyze()
                            .getViolations(),
                    path);
        }
    }

    /** Browsers print no grounds by themselves, and the sign in the overall state is white. */
    @Test
    void signs_on_a_coloured_ground_are_printed_with_it() {
        assertThat(printed("").locator(".overall")).hasCSS("print-color-adjust", "exact");
    }
}
