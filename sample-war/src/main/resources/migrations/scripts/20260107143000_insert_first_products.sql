-- // insert first products

INSERT INTO product (name, description, price)
VALUES ('Kettle', 'Brushed steel, 1.2 litres, whistles in two notes', 39.90);

INSERT INTO product (name, description, price)
VALUES ('Teapot', 'Stoneware with a strainer, for four cups', 34.50);

INSERT INTO product (name, description, price)
VALUES ('Cup', 'Thin porcelain, 0.2 litres; each one is glazed by hand', 12.00);

INSERT INTO product (name, description, price)
VALUES ('Darjeeling', 'First flush, 100 g; light, with a hint of muscatel', 18.75);

INSERT INTO product (name, description, price)
VALUES ('Sencha', 'Steamed green tea, 100 g', 14.20);

-- //@UNDO

DELETE FROM product
WHERE name IN ('Kettle', 'Teapot', 'Cup', 'Darjeeling', 'Sencha');
