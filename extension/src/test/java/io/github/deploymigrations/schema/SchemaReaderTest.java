package io.github.deploymigrations.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.database.Product;
import io.github.deploymigrations.testing.TestDatabase;
import io.github.deploymigrations.testing.TestServer;
import io.github.deploymigrations.testing.UrlDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaReaderTest {
    @TempDir
    private Path folder;

    private static final String[] SHOP = {
        "create table customer (id int not null primary key, name varchar(50) not null unique)",
        "create table orders (id int not null, customer_id int not null, note varchar(100), amount decimal(10,2),"
                + " constraint orders_key primary key (id),"
                + " constraint orders_customer foreign key (customer_id) references customer (id) on delete cascade)",
        "create view totals as select customer_id, sum(amount) as total from orders group by customer_id"
    };

    private static Fingerprint read(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return new SchemaReader(connection, Product.of(connection)).read("OURS"::equalsIgnoreCase);
        }
    }

    private static List<String> changed(TestDatabase database, String... statements) throws SQLException {
        Fingerprint before = read(database.dataSource());
        database.execute(statements);
        Fingerprint now = read(database.dataSource());
        assertEquals(Optional.of(now), Fingerprint.parse(now.text()), "it is kept as it is");
        return now.differenceFrom(before);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY"})
    void what_is_not_changed_is_read_as_the_same_by_any_connection(TestServer server) throws SQLException {
        try (TestDatabase database = server.fresh()) {
            database.execute(SHOP);
            assertEquals(List.of(), changed(database, "insert into customer values (1, 'ann')"));
            Fingerprint read = read(database.dataSource());
            assertEquals(
                    List.of("customer", "orders", "totals"),
                    List.copyOf(read.tables().keySet()));
            assertTrue(
                    read.tables().get("orders").items().stream()
                            .anyMatch(item -> item.of("orders")
                                    .equals("foreign key orders (customer_id) -> customer (id) on delete cascade")),
                    read::text);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY"})
    void what_comes_and_goes_is_told_by_the_names_of_sql(TestServer server) throws SQLException {
        try (TestDatabase database = server.fresh()) {
            database.execute(SHOP);
            assertEquals(
                    List.of("+ index orders.orders_note (note)"),
                    changed(database, "create index orders_note on orders (note)"));
            String varchar = server == TestServer.H2 ? "character varying" : "varchar";
            assertEquals(
                    List.of("+ column orders.remark " + varchar + "(7) null"),
                    changed(database, "alter table orders add remark varchar(7)"));
            assertEquals(List.of("- view totals"), changed(database, "drop view totals"));
            String drop = server == TestServer.MARIADB ? "drop index orders_note on orders" : "drop index orders_note";
            assertEquals(List.of("- index orders.orders_note (note)"), changed(database, drop));
            assertEquals(
                    List.of("+ table ours2", "- table orders"),
                    changed(database, "drop table orders", "create table ours (id int)", "create table ours2 (id int)")
                            .stream()
                            .sorted()
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY"})
    void types_lengths_and_null_are_told(TestServer server) throws SQLException {
        try (TestDatabase database = server.fresh()) {
            database.execute(SHOP);
            String change = switch (server) {
                case MARIADB -> "alter table orders modify amount decimal(12,2) not null";
                case POSTGRESQL ->
                    "drop view totals; alter table orders alter amount type decimal(12,2),"
                            + " alter amount set not null";
                case DERBY -> "alter table orders alter column note set data type varchar(120)";
                case HSQLDB -> "alter table orders alter column note varchar(120)";
                default -> "alter table orders alter column note varchar(120) not null";
            };
            List<String> lines = changed(database, change).stream()
                    .filter(line -> !line.contains("totals"))
                    .toList();
            assertEquals(2, lines.size(), lines.toString());
            assertTrue(lines.get(0).startsWith("- column orders."), lines.toString());
            assertTrue(lines.get(1).matches(".* (?:\\w+|character varying)\\(12(?:0|,2)\\) .*"), lines.toString());
            boolean required = change.endsWith("not null");
            assertEquals(required, lines.get(1).endsWith(" not null"), lines.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY"})
    void keys_are_told_by_what_they_are_about(TestServer server) throws SQLException {
        try (TestDatabase database = server.fresh()) {
            database.execute(SHOP);
            database.execute("create table part (a int not null, b int not null, c int)");
            List<String> lines = changed(
                    database,
                    "alter table part add constraint part_key primary key (b, a)",
                    "alter table part add constraint part_customer foreign key (c) references customer (id)");
            assertTrue(
                    lines.containsAll(List.of("+ primary key part (b, a)", "+ foreign key part (c) -> customer (id)")),
                    lines.toString());
            assertTrue(
                    lines.stream().filter(line -> line.contains(" index ")).count() <= 1,
                    "no index of the primary key: " + lines);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "HSQLDB", "DERBY"})
    void quoted_names_are_told_apart_from_plain_ones(TestServer server) throws SQLException {
        try (TestDatabase database = server.fresh()) {
            String quote = server == TestServer.MARIADB ? "`" : "\"";
            assertEquals(
                    List.of("+ table \"Odd name\"", "+ table plain_1"),
                    changed(
                            database,
                            "create table 'Odd name' (id int)".replace("'", quote),
                            "create table plain_1 (id int)"));
            assertEquals(
                    List.of("+ column \"Odd name\".\"a.b %\" int"),
                    changed(database, "alter table 'Odd name' add 'a.b %' int".replace("'", quote)).stream()
                            .map(line -> line.replaceFirst(" (int|integer|int4) null", " int"))
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "HSQLDB", "DERBY"})
    void other_schemas_do_not_count_whatever_their_names(TestServer server) throws SQLException {
        try (TestDatabase database = server.fresh()) {
            database.execute("create schema S_1", "create schema SX1", "create table S_1.part (id int)");
            try (Connection connection = database.dataSource().getConnection()) {
                connection.setSchema(server == TestServer.POSTGRESQL ? "s_1" : "S_1");
                SchemaReader reader = new SchemaReader(connection, Product.of(connection));
                Fingerprint before = reader.read(name -> false);
                assertEquals(List.of("part"), List.copyOf(before.tables().keySet()));
                database.execute("create table SX1.other (id int)", "create table SX1.part (id int, n int)");
                assertEquals(List.of(), reader.read(name -> false).differenceFrom(before));
            }
        }
    }

    @Test
    void other_databases_of_a_mariadb_do_not_count() throws SQLException {
        try (TestDatabase database = TestServer.MARIADB.fresh();
                TestDatabase other = TestServer.MARIADB.fresh()) {
            database.execute(SHOP);
            Fingerprint before = read(database.dataSource());
            other.execute(SHOP);
            other.execute("create index orders_note on orders (note)");
            assertEquals(List.of(), read(database.dataSource()).differenceFrom(before));
        }
    }

    @Test
    void postgresql_tells_partial_and_expression_indexes_and_materialized_views_and_no_partitions()
            throws SQLException {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            database.execute(SHOP);
            assertEquals(
                    List.of(
                            "+ table event",
                            "+ index orders.orders_lower unique (lower((note)::text) DESC) WHERE (amount > (0)::numeric)",
                            "+ materialized view totals_kept"),
                    changed(
                                    database,
                                    "create unique index orders_lower on orders (lower(note) desc) where amount > 0",
                                    "create materialized view totals_kept as select * from totals",
                                    "create table event (at date not null, n int) partition by range (at)",
                                    "create table event_1 partition of event for values from ('2026-01-01') to ('2026-02-01')")
                            .stream()
                            .map(line -> line.replace("partitioned table", "table"))
                            .toList());
            assertEquals(
                    List.of("+ index event.event_n (n)"),
                    changed(
                            database,
                            "create table event_2 partition of event for values from ('2026-02-01') to ('2026-03-01')",
                            "create index event_n on event (n)",
                            "create index totals_kept_total on totals_kept (total)",
                            "drop index totals_kept_total"));
            database.execute("create view kept as select customer_id from totals");
            assertEquals(
                    List.of("+ column kept.total numeric null"),
                    changed(database, "create or replace view kept as select customer_id, total from totals"));
        }
    }

    @Test
    void what_an_extension_of_postgresql_brings_is_nobodys_change() throws SQLException {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            assertEquals(List.of(), changed(database, "create extension pg_stat_statements"));
            assertEquals(
                    List.of("+ table seat"),
                    changed(database, "drop extension pg_stat_statements", "create table seat (event int)"));
        }
    }

    /** PostgreSQL has one such key more for each partition of the table that it refers to. */
    @Test
    void a_foreign_key_to_a_partitioned_table_of_postgresql_is_one_whatever_its_partitions() throws SQLException {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            database.execute(
                    "create table event (id int, at date, primary key (id, at)) partition by range (at)",
                    "create table event_1 partition of event for values from ('2026-01-01') to ('2026-02-01')",
                    "create table seat (event int, at date)");
            assertEquals(
                    List.of("+ foreign key seat (event, at) -> event (id, at)"),
                    changed(database, "alter table seat add foreign key (event, at) references event"));
            assertEquals(
                    List.of(),
                    changed(
                            database,
                            "create table event_2 partition of event for values from ('2026-02-01') to ('2026-03-01')"));
        }
    }

    @Test
    void a_foreign_key_into_another_schema_of_postgresql_is_the_same_on_any_search_path() throws SQLException {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh();
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            database.execute("create schema \"Stock (1)\"", "create table \"Stock (1)\".part (id int primary key)");
            database.execute("create table shelf (part int references \"Stock (1)\".part (id) on update set null)");
            Fingerprint alone = read(database.dataSource());
            statement.execute("set search_path to public, \"Stock (1)\"");
            SchemaReader reader = new SchemaReader(connection, Product.POSTGRESQL);
            assertEquals(alone, reader.read(name -> false));
            assertTrue(alone.text().contains("(part) -> \"Stock (1)\".part (id)"), alone::text);
        }
    }

    @Test
    void a_serial_of_postgresql_is_the_number_that_it_is() throws SQLException {
        try (TestDatabase database = TestServer.POSTGRESQL.fresh()) {
            database.execute("create table part (id serial primary key, n bigserial)");
            assertEquals(List.of(), changed(database, "alter table part alter id drop default"));
        }
    }

    @Test
    void sqlite_tells_as_much() throws SQLException {
        Path file = folder.resolve("shop.db");
        DataSource dataSource = new UrlDataSource("jdbc:sqlite:" + file, "", "");
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : SHOP) {
                statement.execute(sql);
            }
            Fingerprint before = read(dataSource);
            statement.execute("create index orders_note on orders (note)");
            statement.execute("alter table orders add column remark varchar(7)");
            statement.execute("create table part (a int references orders (id), b int references customer (id))");
            assertEquals(
                    List.of(
                            "+ column orders.remark varchar(7) null",
                            "+ index orders.orders_note (note)",
                            "+ table part"),
                    read(dataSource).differenceFrom(before));
            assertTrue(read(dataSource).text().contains("(a) -> orders (id)"), read(dataSource)::text);
            assertTrue(read(dataSource).text().contains("(b) -> customer (id)"), read(dataSource)::text);
        }
    }
}
