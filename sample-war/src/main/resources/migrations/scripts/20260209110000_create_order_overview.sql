-- // create order overview

CREATE VIEW order_overview AS
SELECT o.id,
       o.customer,
       p.name AS product,
       o.quantity,
       o.quantity * o.unit_price AS total,
       p.currency,
       o.ordered_at
FROM customer_order o
JOIN product p ON p.id = o.product_id;

-- //@UNDO

DROP VIEW order_overview;
