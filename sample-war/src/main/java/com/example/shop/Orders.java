package com.example.shop;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;

@ApplicationScoped
public class Orders {
    private static final String SELECT =
            "SELECT id, customer, product, quantity, total, currency, ordered_at FROM order_overview";

    @Resource(lookup = "java:jboss/datasources/ShopDS")
    private DataSource dataSource;

    List<Order> newest(int limit) throws SQLException {
        try (var connection = dataSource.getConnection();
                var select = connection.prepareStatement(SELECT + " ORDER BY ordered_at DESC, id DESC LIMIT ?")) {
            select.setInt(1, limit);
            try (var rows = select.executeQuery()) {
                List<Order> orders = new ArrayList<>();
                while (rows.next()) {
                    orders.add(order(rows));
                }
                return orders;
            }
        }
    }

    Optional<Order> find(long id) throws SQLException {
        try (var connection = dataSource.getConnection();
                var select = connection.prepareStatement(SELECT + " WHERE id = ?")) {
            select.setLong(1, id);
            try (var rows = select.executeQuery()) {
                return rows.next() ? Optional.of(order(rows)) : Optional.empty();
            }
        }
    }

    /** Takes the goods from the shelf and notes the order, or does neither: then it is empty. */
    @Transactional(rollbackOn = SQLException.class)
    OptionalLong place(NewOrder order) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            return takeFromStock(connection, order) ? OptionalLong.of(insert(connection, order)) : OptionalLong.empty();
        }
    }

    private static boolean takeFromStock(Connection connection, NewOrder order) throws SQLException {
        // The condition is part of the update: two customers cannot take the last one.
        try (var update =
                connection.prepareStatement("UPDATE product SET stock = stock - ? WHERE id = ? AND stock >= ?")) {
            update.setInt(1, order.quantity());
            update.setLong(2, order.productId());
            update.setInt(3, order.quantity());
            return update.executeUpdate() == 1;
        }
    }

    private static long insert(Connection connection, NewOrder order) throws SQLException {
        // Today's price: a later one must not change what was agreed.
        try (var insert = connection.prepareStatement(
                "INSERT INTO customer_order (customer, product_id, quantity, unit_price)"
                        + " SELECT ?, id, ?, price FROM product WHERE id = ?",
                new String[] {"ID"})) {
            insert.setString(1, order.customer().strip());
            insert.setInt(2, order.quantity());
            insert.setLong(3, order.productId());
            insert.executeUpdate();
            try (var keys = insert.getGeneratedKeys()) {
                keys.next();
                return keys.getLong(1);
            }
        }
    }

    private static Order order(ResultSet row) throws SQLException {
        return new Order(
                row.getLong("id"),
                row.getString("customer"),
                row.getString("product"),
                row.getInt("quantity"),
                row.getBigDecimal("total"),
                row.getString("currency"),
                row.getObject("ordered_at", OffsetDateTime.class).toInstant());
    }
}
