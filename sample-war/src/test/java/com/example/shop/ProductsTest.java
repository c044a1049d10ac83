package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deploymigrations.Migrations;
import java.sql.SQLException;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the schema that a deployment makes, by the same scripts, in the memory of the test. */
class ProductsTest {
    private final JdbcDataSource database = new JdbcDataSource();
    private final Products products = new Products();

    @BeforeEach
    void migrate() {
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        Migrations.of(database).migrate();
        products.dataSource = database;
    }

    @Test
    void the_shop_opens_with_its_first_products_in_order_of_their_names() throws SQLException {
        assertEquals(
                "[Cup, Darjeeling, Kettle, Sencha, Teapot]",
                products.all().stream().map(Product::name).toList().toString());
    }

    @Test
    void a_product_that_is_not_there_is_not_found() throws SQLException {
        assertTrue(products.find(0).isEmpty());
    }
}
