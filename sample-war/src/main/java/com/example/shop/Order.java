package com.example.shop;

import java.math.BigDecimal;
import java.time.Instant;

/** A line of the view {@code order_overview}. */
public record Order(
        long id, String customer, String product, int quantity, BigDecimal total, String currency, Instant orderedAt) {}
