package com.example.shop;

import java.util.ArrayList;
import java.util.List;

/** An order as the customer sends it. What is absent in the JSON is {@code null} here. */
public record NewOrder(String customer, Long productId, Integer quantity) {
    private static final int LONGEST_NAME = 100;
    private static final int LARGEST_QUANTITY = 100;

    /** Everything that is wrong with it, in sentences for the customer. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (customer == null || customer.isBlank()) {
            problems.add("customer: please tell us your name");
        } else if (customer.length() > LONGEST_NAME) {
            problems.add("customer: the name may have " + LONGEST_NAME + " characters at most");
        }
        if (productId == null) {
            problems.add("productId: please choose a product");
        }
        if (quantity == null || quantity < 1 || quantity > LARGEST_QUANTITY) {
            problems.add("quantity: a number from 1 to " + LARGEST_QUANTITY + " is needed");
        }
        return problems;
    }
}
