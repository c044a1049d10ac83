package io.github.deploymigrations.servlet;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.github.deploymigrations.servlet.BrowsedShop.State;
import io.github.deploymigrations.testing.Chromium;
import io.github.deploymigrations.testing.JettyServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real browser. {@code -Ddocs.write=true} renews the pictures in {@code docs}. */
class StatusBrowserTest {
    private static final int WIDE = 1280;
    private static final int NARROW = 360;
    private static final LocatorAssertions.ContainsTextOptions SOON =
            new LocatorAssertions.ContainsTextOptions().setTimeout(30_000);

    private static Chromium chromium;

    @TempDir
    Path folder;

    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    /** Whatever the browser complains of: a script that fails, and what the security policy forbids. */
    @AfterEach
    void nothing_was_complained_of() {
        assertEquals(List.of(), complaints);
    }

    private Page open(Browser.NewContextOptions options) {
        BrowserContext context = chromium.browser().newContext(options.setTimezoneId("Europe/Vienna"));
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onDialog(dialog -> {
            complaints.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        return page;
    }

    private Page open() {
        return open(size(WIDE));
    }

    private static Browser.NewContextOptions size(int width) {
        return new Browser.NewContextOptions().setViewportSize(width, 900);
    }

    private static void picture(Page page, String name) {
        if (Boolean.getBoolean("docs.write")) {
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("..", "docs", name + ".png")));
        }
    }

    /** The page of a healthy application as everybody sees it first, and one of trouble at night on a telephone. */
    private static void pictures(Page page, State state, int width) {
        if (state == State.UP_TO_DATE && width == WIDE) {
            picture(page, "status");
        }
        if (state == State.FAILED && width == NARROW) {
            picture(page, "status-failed");
        }
    }

    private static void shot(Page page, String name) {
        if (System.getProperty("shots") != null) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of(System.getProperty("shots"), name + ".png")));
        }
    }

    private static void assertAccessible(Page page, String where) {
        List<String> violations = new AxeBuilder(page)
                        .withTags(List.of(
                                "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"))
                        .analyze()
                        .getViolations()
                        .stream()
                        .map(rule -> rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes())
                        .toList();
        assertEquals(List.of(), violations, where);
    }

    private static void assertFits(Page page, String where) {
        Object wider = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth");
        assertTrue(((Number) wider).intValue() <= 0, where + ": wider than the screen by " + wider);
    }

    @ParameterizedTest
    @EnumSource
    void everybody_can_read_the_page(State state) throws Exception {
        try (BrowsedShop shop = BrowsedShop.in(state, folder)) {
            for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                for (int width : new int[] {WIDE, NARROW}) {
                    for (boolean script : new boolean[] {true, false}) {
                        String where = state + " " + scheme + " " + width + (script ? "" : " without JavaScript");
                        Page page = open(size(width).setColorScheme(scheme).setJavaScriptEnabled(script));
                        page.navigate(shop.page(""));

                        assertThat(page.locator("h1")).hasText(state.title());
                        assertFits(page, where);
                        if (script) {
                            assertAccessible(page, where);
                        }
                        shot(page, state + "-" + width + "-" + scheme + (script ? "" : "-noscript"));
                        if (script && (width == WIDE) == (scheme == ColorScheme.LIGHT)) {
                            pictures(page, state, width);
                        }
                        page.context().close();
                    }
                }
            }
        }
    }

    @Test
    void a_run_is_watched_without_reloading_and_the_focus_stays() throws Exception {
        try (BrowsedShop shop = BrowsedShop.running(folder, 4)) {
            Page page = open();
            page.navigate(shop.page(""));
            page.evaluate("() => window.kept = true");
            page.locator("input[type=search]").focus();

            assertThat(page.locator(".step")).containsText("tatement 2 of 3", SOON);
            picture(page, "status-running");
            assertThat(page.locator("h1")).containsText("Up to date", SOON);

            assertEquals(true, page.evaluate("() => window.kept"));
            assertThat(page.locator("input[type=search]")).isFocused();
            assertThat(page.locator(".run")).hasCount(0);
        }
    }

    @Test
    void a_proxy_that_has_no_server_for_a_moment_takes_nobody_from_the_page() throws Exception {
        try (BrowsedShop shop = BrowsedShop.running(folder, 4)) {
            Page page = open();
            page.navigate(shop.page(""));
            page.evaluate("() => window.kept = true");
            AtomicInteger asked = new AtomicInteger();
            page.route(url -> true, route -> {
                if (asked.incrementAndGet() <= 2) {
                    route.fulfill(new Route.FulfillOptions().setStatus(502).setBody("Bad Gateway"));
                } else {
                    route.resume();
                }
            });

            assertThat(page.locator("h1")).containsText("Up to date", SOON);
            assertEquals(true, page.evaluate("() => window.kept"));
            // the browser's own, of each
            assertEquals(2, complaints.size(), complaints::toString);
            complaints.clear();
        }
    }

    @Test
    void a_run_is_watched_without_javascript_too() throws Exception {
        try (BrowsedShop shop = BrowsedShop.running(folder, 3)) {
            Page page = open(size(WIDE).setJavaScriptEnabled(false));
            page.navigate(shop.page(""));

            assertThat(page.locator("h1")).containsText("Running");
            assertThat(page.locator("h1")).containsText("Up to date", SOON);
        }
    }

    @Test
    void watching_can_be_stopped() throws Exception {
        try (BrowsedShop shop = BrowsedShop.running(folder, 4)) {
            Page page = open();
            page.navigate(shop.page(""));
            page.getByText("Stop that").click();

            assertThat(page.locator(".run")).containsText("does not bring itself up to date");
            page.waitForTimeout(8_000);
            assertThat(page.locator("h1")).hasText("Running");
        }
    }

    @Test
    void the_keyboard_alone_finds_a_revision_and_opens_its_script() throws Exception {
        try (BrowsedShop shop = BrowsedShop.in(State.UP_TO_DATE, folder)) {
            Page page = open();
            page.navigate(shop.page(""));
            Locator field = page.locator("input[type=search]");
            tabTo(page, field);
            page.keyboard().type("ORDER create");

            assertThat(page.locator(".found")).hasText("2 of 7 revisions");
            assertThat(page.locator(".revisions tbody tr")).hasCount(2);
            assertThat(field).isFocused();
            assertThat(field).hasValue("ORDER create");
            assertTrue(page.url().endsWith("/default?q=ORDER+create"), page::url);
            assertTrue(outline(page) >= 2, "the focus is not seen");

            tabTo(page, page.locator(".revisions tbody a").first());
            assertTrue(outline(page) >= 2, "the focus is not seen");
            page.keyboard().press("Enter");

            assertThat(page.locator("h1")).hasText("Revision 20260209110000");
            assertThat(page.locator(".listing").first()).containsText("CREATE VIEW");
        }
    }

    private static void tabTo(Page page, Locator wanted) {
        for (int i = 0; i < 40; i++) {
            page.keyboard().press("Tab");
            if (Boolean.TRUE.equals(wanted.evaluate("element => element === document.activeElement"))) {
                return;
            }
        }
        throw new AssertionError("out of the keyboard's reach: " + wanted);
    }

    private static int outline(Page page) {
        Object width = page.evaluate("() => parseInt(getComputedStyle(document.activeElement).outlineWidth)");
        return ((Number) width).intValue();
    }

    @Test
    void without_javascript_the_search_is_a_form_and_the_states_are_links() throws Exception {
        try (BrowsedShop shop = BrowsedShop.in(State.PENDING, folder)) {
            Page page = open(size(WIDE).setJavaScriptEnabled(false));
            page.navigate(shop.page(""));
            page.getByLabel("Search").fill("index");
            page.keyboard().press("Enter");
            assertThat(page.locator(".revisions tbody tr")).hasCount(1);

            page.navigate(shop.page(""));
            page.locator(".counts a", new Page.LocatorOptions().setHasText("Pending"))
                    .click();
            assertThat(page.locator(".revisions tbody tr")).hasCount(2);
            assertThat(page.locator(".counts a[aria-current]")).hasText("2 Pending");
        }
    }

    @Test
    void the_statement_that_failed_is_marked_in_the_script() throws Exception {
        try (BrowsedShop shop = BrowsedShop.in(State.FAILED, folder)) {
            for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                for (int width : new int[] {WIDE, NARROW}) {
                    Page page = open(size(width).setColorScheme(scheme));
                    page.navigate(shop.page("/default?revision=" + BrowsedShop.BROKEN + "#failed"));

                    assertThat(page.locator("mark")).containsText("SELECT DISTINCT customer_no, customer");
                    assertThat(page.locator("mark .line")).hasCount(3);
                    assertAccessible(page, scheme + " " + width);
                    assertFits(page, scheme + " " + width);
                    shot(page, "revision-" + width + "-" + scheme);
                    if (width == WIDE && scheme == ColorScheme.LIGHT) {
                        page.locator("mark").scrollIntoViewIfNeeded();
                        picture(page, "status-script");
                    }
                    page.context().close();
                }
            }
        }
    }

    @Test
    void times_are_shown_in_the_zone_of_the_reader_too() throws Exception {
        try (BrowsedShop shop = BrowsedShop.in(State.UP_TO_DATE, folder)) {
            Page page = open(size(WIDE).setLocale("en-GB"));
            page.navigate(shop.page(""));

            assertThat(page.locator(".revisions .local").first()).containsText(Pattern.compile("CES?T|GMT\\+[12]"));
        }
    }

    @Test
    void what_a_script_a_row_or_an_error_says_is_text() throws Exception {
        String hostile = "<img src=x onerror=alert(1)><script>alert(2)<" + "\u2215script>";
        try (Shop shop = new Shop(folder).with("status-access=open", "on-failure=warn", "missing=warn")) {
            shop.execute("CREATE TABLE CHANGELOG (ID NUMERIC(20,0), APPLIED_AT VARCHAR(25), DESCRIPTION VARCHAR(255))")
                    .execute("INSERT INTO CHANGELOG VALUES (9, '\"><svg onload=alert(3)>', '" + hostile + "')")
                    .script(
                            "10_" + hostile + ".sql",
                            "INSERT INTO \"<b onclick=alert(4)>\" VALUES ('</code></pre><script>alert(5)</script>');\n");
            JettyServer server = shop.started();
            Page page = open();
            for (String path : new String[] {"", "/default?revision=10", "/default?revision=9", "?q=%3Cscript%3E%22"}) {
                page.navigate(server.address() + "/migrations" + path);

                assertThat(page.locator("main img, main script, main b")).hasCount(0);
                assertThat(page.locator("h1")).isVisible();
            }
        }
    }

    @Test
    void five_thousand_revisions_are_at_hand() throws Exception {
        try (Shop shop = new Shop(folder).with("status-access=open", "on-failure=warn", "missing=ignore")) {
            shop.execute("CREATE TABLE CHANGELOG (ID NUMERIC(20,0), APPLIED_AT VARCHAR(25), DESCRIPTION VARCHAR(255))")
                    .execute("INSERT INTO CHANGELOG SELECT X, '2026-01-05 09:00:00', 'revision ' || X"
                            + " FROM SYSTEM_RANGE(2, 5000)");
            shop.script("6000_create_product.sql", Shop.CREATE);
            JettyServer server = shop.started();
            Page page = open();
            page.navigate(server.address() + "/migrations");
            assertThat(page.locator(".revisions tbody tr")).hasCount(100);
            assertFits(page, "5,000 revisions");

            page.getByLabel("Search").fill("revision 4711");
            assertThat(page.locator(".revisions tbody tr")).hasCount(1);

            page.getByLabel("Search").fill("");
            page.getByText("The 100 before them").click();
            assertThat(page.locator(".revisions tbody th").first()).hasText("4901");
            page.getByText("All 5,000").click();
            assertThat(page.locator(".revisions tbody tr")).hasCount(5000);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void buttons_act_where_that_is_allowed_and_ask_before_they_undo(boolean script) throws Exception {
        try (Shop shop = new Shop(folder).with("environment=development", "actions=on")) {
            shop.file("WEB-INF/classes/migrations/environments/development.properties", "")
                    .script("1_create_product.sql", Shop.CREATE)
                    .script("2_insert_products.sql", "DELETE FROM product;\n-- //@UNDO\n");
            JettyServer server = shop.started();
            shop.execute("DELETE FROM CHANGELOG WHERE ID = 2");
            Page page = open(size(WIDE).setJavaScriptEnabled(script));
            page.navigate(server.address() + "/migrations");
            assertThat(page.locator("h1")).hasText("Pending");

            Locator undo = page.locator(".actions form[action$='/undo'] button");
            assertThat(undo).isHidden();
            page.getByText("Undo the newest revision").click();
            assertThat(undo).isVisible();
            assertThat(page.locator(".ask")).containsText("The undo part of 1 runs.");
            if (script) {
                assertAccessible(page, "actions");
            }

            page.getByText("Apply 1 pending script").click();
            assertThat(page.locator("h1")).hasText("Up to date");
            assertThat(page.locator(".attempts tbody tr").first()).containsText("someone from ");
        }
    }

    @Test
    void a_revision_that_is_in_the_way_is_settled_by_a_button() throws Exception {
        try (Shop shop = new Shop(folder).with("environment=development", "actions=on")) {
            shop.file("WEB-INF/classes/migrations/environments/development.properties", "")
                    .script("1_create_product.sql", Shop.CREATE)
                    .script("2_broken.sql", Shop.BROKEN);
            JettyServer server = shop.started();
            Page page = open();
            page.navigate(server.address() + "/migrations/default?revision=2");
            assertAccessible(page, "a failed revision");

            page.getByText("It is all there").first().click();
            page.locator(".ask[open] button").click();

            page.navigate(server.address() + "/migrations/default?revision=2");
            assertThat(page.locator(".heading .badge")).hasText("Applied");
        }
    }
}
