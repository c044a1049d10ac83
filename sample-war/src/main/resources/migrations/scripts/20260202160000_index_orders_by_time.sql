-- // index orders by time

CREATE INDEX ix_customer_order_ordered_at ON customer_order (ordered_at);

-- //@UNDO

DROP INDEX ix_customer_order_ordered_at;
