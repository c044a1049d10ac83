-- // add stock to product
-- Until now everything could be ordered; the shelves were counted on 17 January.

ALTER TABLE product ADD COLUMN stock INTEGER DEFAULT 0 NOT NULL;

ALTER TABLE product ADD CONSTRAINT ck_product_stock CHECK (stock >= 0);

UPDATE product SET stock = 40;

UPDATE product SET stock = 3 WHERE name = 'Teapot';

-- //@UNDO

ALTER TABLE product DROP CONSTRAINT ck_product_stock;

ALTER TABLE product DROP COLUMN stock;
