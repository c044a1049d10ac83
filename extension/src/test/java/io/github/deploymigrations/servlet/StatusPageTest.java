package io.github.deploymigrations.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.testing.JettyServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusPageTest {
    private static final String CHANGELOG =
            "CREATE TABLE CHANGELOG (ID NUMERIC(20,0), APPLIED_AT VARCHAR(25), DESCRIPTION VARCHAR(255))";

    @TempDir
    Path folder;

    private Shop shop;

    @BeforeEach
    void build() {
        shop = new Shop(folder).with("status-access=open");
    }

    @AfterEach
    void stop() throws Exception {
        shop.close();
    }

    private String page() throws Exception {
        return page(shop.started());
    }

    private static String page(JettyServer server) {
        return server.get("/migrations?format=html").body();
    }

    @Test
    void the_state_is_in_the_title_and_at_the_top() throws Exception {
        shop.script("1_create_product.sql", Shop.CREATE);

        String page = page();

        assertTrue(page.startsWith("<!DOCTYPE html>\n<html lang=\"en\">"), page);
        assertTrue(page.contains("<title>Up to date – Migrations of /shop</title>"), page);
        assertTrue(page.contains("<h1>Up to date</h1>"), page);
    }

    @Test
    void a_database_is_told_by_all_its_facts() throws Exception {
        shop.script("7_create_product.sql", Shop.CREATE);

        String page = page();

        for (String fact : new String[] {
            "<dt>Revision</dt><dd class=\"current\">7</dd>",
            "<dt>Data source</dt><dd>java:comp/DefaultDataSource</dd>",
            "<dt>Environment</dt><dd>production</dd>",
            "<dt>Mode</dt><dd>migrate</dd>",
            "<dt>Changelog</dt><dd>CHANGELOG</dd>",
            "<dt>Product</dt><dd>H2 ",
            "<dt>Run</dt><dd><time datetime=",
            "took ",
            "this deployment",
            "<dt>Node</dt><dd>",
            "<dt>Deployment</dt><dd>",
        }) {
            assertTrue(page.contains(fact), fact + page);
        }
    }

    @Test
    void a_backup_is_named_with_the_run_and_in_the_history() throws Exception {
        Path backups = Files.createDirectory(folder.resolve("backups"));
        shop.with("backup=auto", "backup-directory=" + backups).script("7_create_product.sql", Shop.CREATE);

        String page = page();

        assertTrue(page.contains("<dt>Backup before it</dt><dd>" + backups), page);
        assertTrue(page.contains("Backup before it: <code>" + backups), page);
    }

    @Test
    void the_newest_revision_comes_first() throws Exception {
        shop.script("1_create_product.sql", Shop.CREATE).script("10_insert_products.sql", Shop.INSERT);

        String page = page();

        assertTrue(page.contains("<caption>2 revisions, newest first</caption>"), page);
        assertTrue(page.indexOf("insert products") < page.indexOf("create product"), page);
        assertTrue(page.contains(">10_<wbr>insert_<wbr>products.sql<wbr></code>"), page);
    }

    @Test
    void a_screen_reader_finds_landmarks_a_caption_and_headers() throws Exception {
        shop.script("1_create_product.sql", Shop.CREATE);

        String page = page();

        for (String mark :
                new String[] {"<header", "<main>", "<footer>", "<caption>", "scope=\"col\"", "scope=\"row\""}) {
            assertTrue(page.contains(mark), mark);
        }
        assertEquals(2, page.split("<h1>", -1).length, page);
    }

    @Test
    void a_failure_tells_what_where_why_and_what_to_do() throws Exception {
        shop.with("on-failure=warn").script("1_create_product.sql", Shop.CREATE).script("2_broken.sql", Shop.BROKEN);

        String page = page();

        assertTrue(page.contains("<title>Failed – "), page);
        assertTrue(page.contains("MIGR-501"), page);
        assertTrue(page.contains("The script 2_broken.sql failed"), page);
        assertTrue(page.contains("migrations/scripts/2_broken.sql</code>, line 4, statement 2"), page);
        assertTrue(page.contains("<code>INSERT INTO\n  nowhere VALUES (1);</code></pre>"), page);
        assertTrue(page.contains("SQLState <code>42S02</code>"), page);
        assertTrue(page.contains("vendor code <code>421"), page);
        assertTrue(page.contains("<h4>Applied before it</h4>\n<p>1 – and stays applied.</p>"), page);
        assertTrue(page.contains("Correct the script, then deploy again."), page);
        assertTrue(page.contains("badge is-failed\">Failed</span>"), page);
    }

    @Test
    void every_finding_is_shown_with_its_place() throws Exception {
        shop.with("on-failure=warn").script("one.sql", Shop.CREATE).script("2_empty.sql", "");

        String page = page();

        assertTrue(page.contains("MIGR-202") && page.contains("one.sql"), page);
        assertTrue(page.contains("MIGR-204") && page.contains("2_empty.sql"), page);
    }

    @Test
    void a_database_that_is_newer_is_no_failure_and_is_said() throws Exception {
        shop.script("1_create_product.sql", Shop.CREATE);
        JettyServer server = shop.started();
        shop.execute("INSERT INTO CHANGELOG VALUES (2, 'some day', 'a later release')");

        String page = page(server);

        assertTrue(page.contains("<h1>Up to date</h1>"), page);
        assertTrue(page.contains("the database is newer than this release"), page);
        assertTrue(page.contains("badge is-newer\">Newer</span>"), page);
    }

    @Test
    void nothing_that_a_script_or_a_row_says_is_markup() throws Exception {
        String hostile = "<img src=x onerror=alert(1)>\"'&";
        shop.execute(CHANGELOG).execute("INSERT INTO CHANGELOG VALUES (9, '<b>now</b>', '<script>alert(1)</script>')");
        shop.with("on-failure=warn")
                .script(
                        "10_" + hostile.replace("/", "") + ".sql",
                        "INSERT INTO \"<i>nowhere</i>\" VALUES ('</pre>');\n");

        JettyServer server = shop.started();
        String page = page(server);

        assertTrue(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), page);
        assertTrue(page.contains("&lt;img src=x onerror=alert(1)&gt;"), page);
        for (String markup : new String[] {"<script>", "<img src=x", "<i>", "<b>", "'</pre>"}) {
            assertFalse(page.contains(markup), markup + page);
        }
        assertEquals(
                2,
                Shop.list(Shop.database(server.get("/migrations")), "revisions").size());
    }

    @Test
    void ten_thousand_revisions_are_shown_fast() throws Exception {
        shop.execute(CHANGELOG)
                .execute("INSERT INTO CHANGELOG SELECT X, '2026-01-05 09:00:00', 'revision ' || X"
                        + " FROM SYSTEM_RANGE(2, 10001)");
        shop.script("1_create_product.sql", Shop.CREATE).with("on-failure=warn");
        JettyServer server = shop.started();
        page(server);

        long start = System.nanoTime();
        String page = server.get("/migrations?format=html&rows=all").body();

        assertTrue(Duration.ofNanos(System.nanoTime() - start).toMillis() < 3_000);
        assertEquals(10_001, rows(page));
    }

    private static int rows(String page) {
        return page.split("scope=\"row\"", -1).length - 1;
    }

    @Test
    void a_database_that_was_not_reached_because_of_another_says_so() throws Exception {
        shop.with("stock.data-source=java:comp/env/jdbc/nothing", "orders.mode=migrate", "connect-timeout=1ms")
                .script("1_create_product.sql", Shop.CREATE);
        JettyServer server = shop.deployed().startInSpiteOfAll();

        String all = page(server);
        String orders = server.get("/migrations/orders?format=html").body();

        assertTrue(all.contains("<p>The migrations of stock failed: the deployment is blocked"), all);
        assertTrue(orders.contains("MIGR-608") && orders.contains("because the block stock failed"), orders);
        assertTrue(orders.contains("<p>The migrations failed: the deployment is blocked"), orders);
    }

    @Test
    void two_blocks_on_one_changelog_are_refused_whatever_its_name_is_written_like() throws Exception {
        shop.with("orders.changelog=SHARED", "stock.changelog=shared").script("1_create_product.sql", Shop.CREATE);
        JettyServer server = shop.deployed().startInSpiteOfAll();

        String stock = server.get("/migrations/stock?format=html").body();

        assertTrue(stock.contains("MIGR-115"), stock);
    }

    @Test
    void several_databases_are_listed_before_the_first() throws Exception {
        Shop.bind("java:comp/env/jdbc/orders");
        shop.with("stock.mode=migrate", "orders.mode=off", "orders.data-source=java:comp/env/jdbc/orders")
                .script("1_create_product.sql", Shop.CREATE);
        JettyServer server = shop.started();

        String all = page(server);
        String one = server.get("/migrations/orders?format=html").body();

        assertTrue(all.contains("<a href=\"#stock\">") && all.contains("<a href=\"#orders\">"), all);
        assertFalse(one.contains("<nav"), one);
        assertTrue(one.contains("<h1>Off</h1>"), one);
    }

    @Test
    void the_newest_hundred_come_first_and_links_lead_to_the_rest() throws Exception {
        shop.execute(CHANGELOG)
                .execute("INSERT INTO CHANGELOG SELECT X, '2026-01-05 09:00:00', 'revision ' || X"
                        + " FROM SYSTEM_RANGE(1, 250)");
        shop.script("300_create_product.sql", Shop.CREATE).with("missing=ignore");
        JettyServer server = shop.started();

        String first = page(server);
        String next = server.get("/migrations/default?format=html&before=152").body();
        String last = server.get("/migrations/default?format=html&before=52").body();

        assertEquals(100, rows(first));
        assertTrue(first.contains("<caption>100 of 251 revisions, newest first</caption>"), first);
        assertTrue(first.contains("href=\"/shop/migrations/default?before=152\">The 100 before them</a>"), first);
        assertTrue(first.contains("href=\"/shop/migrations/default?rows=all\">All 251</a>"), first);
        assertEquals(100, rows(next));
        assertTrue(next.contains("?before=52\">The 51 before them") && next.contains(">Newest</a>"), next);
        assertEquals(51, rows(last));
        assertFalse(last.contains("before them"), last);
    }

    @Test
    void revisions_are_chosen_by_state_and_by_words() throws Exception {
        shop.script("1_create_product.sql", Shop.CREATE)
                .script("2_insert_products.sql", Shop.INSERT)
                .script("3_insert_more.sql", "INSERT INTO product VALUES (3);\n")
                .with("target=2");
        JettyServer server = shop.started();

        assertEquals(1, rows(server.get("/migrations?format=html&state=PENDING").body()));
        assertEquals(2, rows(server.get("/migrations?format=html&q=INSERT").body()));
        assertEquals(
                1,
                rows(server.get("/migrations?format=html&q=insert&state=APPLIED")
                        .body()));
        assertEquals(
                1,
                rows(server.get("/migrations?format=html&q=products.sql%20insert")
                        .body()));
        String none =
                server.get("/migrations?format=html&q=%22%3E%3Cb%3E&state=").body();
        assertEquals(0, rows(none));
        assertTrue(none.contains("No revision is like that.") && none.contains("value=\"&quot;&gt;&lt;b&gt;\""), none);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state=pending",
                "state=NONE",
                "state=PENDING&state=LATE",
                "rows=9",
                "before=x",
                "before=-1",
                "before=123456789012345678901",
                "revision=1%3B",
                "refresh=on",
                "q=%FF",
            })
    void a_parameter_that_says_nothing_is_a_bad_request(String query) throws Exception {
        JettyServer server = shop.script("1_create_product.sql", Shop.CREATE).started();

        for (String format : new String[] {"json", "html"}) {
            assertEquals(
                    400,
                    server.get("/migrations?" + query + "&format=" + format).statusCode());
        }
        assertEquals(400, server.get("/migrations?q=" + "x".repeat(201)).statusCode());
    }

    @Test
    void a_revision_has_a_page_with_its_script_as_the_file_has_it() throws Exception {
        shop.script("1_create_product.sql", "-- // ${what}\n" + Shop.CREATE);
        JettyServer server = shop.started();

        String page = server.get("/migrations/default?revision=1&format=html").body();

        assertTrue(page.contains("<h1>Revision 1</h1>"), page);
        assertTrue(page.contains("data-line=\"1\">-- // ${what}\n</span>"), page);
        assertTrue(page.contains("data-line=\"3\">-- //@UNDO\n</span>"), page);
        assertTrue(page.contains("data-line=\"4\">DROP TABLE product;\n</span>"), page);
        assertTrue(page.contains("sha256:"), page);
        assertTrue(page.contains("1 attempt of the last ones"), page);
        assertFalse(page.contains("<form"), page);
    }

    @Test
    void the_statement_of_an_undo_part_that_failed_is_marked() throws Exception {
        shop.script("1_create_product.sql", "CREATE TABLE product (id INT);\n-- //@UNDO\nDROP TABLE\n  nothing;\n");
        JettyServer server = shop.with("environment=development", "actions=on").started();
        server.send("POST", "/migrations/undo?steps=1", "X-Requested-With", "test");

        String page = server.get("/migrations/default?revision=1&format=html").body();

        assertTrue(page.contains("<mark id=\"failed\"><span class=\"line error\" data-line=\"3\">DROP TABLE\n"), page);
        assertFalse(page.contains("was another one then"), page);
    }

    /** By HTML, a second has no more than three digits behind its point. */
    @Test
    void a_time_is_one_by_html() throws Exception {
        String page = shop.script("1_create_product.sql", Shop.CREATE)
                .started()
                .get("/migrations?format=html")
                .body();

        assertTrue(page.contains(" datetime=\""), page);
        assertEquals(
                List.of(),
                Pattern.compile("datetime=\"([^\"]*)\"")
                        .matcher(page)
                        .results()
                        .map(found -> found.group(1))
                        .filter(time -> !time.matches("[0-9-]{10}T[0-9:]{8}(\\.[0-9]{1,3})?Z"))
                        .toList());
    }

    @Test
    void a_script_is_shown_up_to_a_megabyte() throws Exception {
        shop.script("1_create_product.sql", Shop.CREATE + "-- a comment of the undo part\n".repeat(50_000));
        JettyServer server = shop.started();

        String page = server.get("/migrations/default?revision=1&format=html").body();

        assertTrue(page.contains("this is the first megabyte of it"), "not said");
        assertTrue(page.length() < 8_000_000, "the whole of it");
    }

    @Test
    void an_unknown_revision_is_not_found() throws Exception {
        JettyServer server = shop.script("1_create_product.sql", Shop.CREATE).started();

        for (String format : new String[] {"json", "html"}) {
            assertEquals(
                    404,
                    server.get("/migrations/default?revision=2&format=" + format)
                            .statusCode());
        }
        assertEquals(
                200, server.get("/migrations/default?revision=1&format=json").statusCode());
    }

    @Test
    void the_history_tells_each_attempt_and_what_the_database_said() throws Exception {
        shop.with("on-failure=warn").script("1_create_product.sql", Shop.CREATE).script("2_broken.sql", Shop.BROKEN);

        String page = page();

        assertTrue(page.contains("<caption>The last 2 attempts, newest first</caption>"), page);
        assertTrue(page.contains("badge is-failed\">Apply failed</span>"), page);
        assertTrue(page.contains("1 of 2 statements committed"), page);
        assertTrue(page.contains("<summary>What the database said</summary>"), page);
        assertTrue(page.contains("href=\"/shop/migrations/default?revision=2#failed\">See it in the script"), page);
    }

    @Test
    void nothing_on_the_page_needs_what_its_policy_forbids() throws Exception {
        shop.with("on-failure=warn").script("1_create_product.sql", Shop.CREATE).script("2_broken.sql", Shop.BROKEN);
        JettyServer server = shop.started();

        for (String path : new String[] {"/migrations", "/migrations/default?revision=2"}) {
            String page = server.get(path, "Accept", "text/html").body();
            assertFalse(page.contains(" style=") || page.contains(" onclick=") || page.contains("javascript:"), page);
            assertEquals(2, page.split("<script", -1).length, page);
            assertTrue(page.contains("<script src=\"/shop/migrations/live.js?v="), page);
            assertFalse(page.contains("http-equiv"), page);
        }
    }
}
