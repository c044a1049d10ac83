package io.github.deploymigrations.it.app;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What Hibernate expects of the table that the migrations create. */
@Entity
@Table(name = "item")
public class Item {
    @Id
    private long id;

    private String name;

    public long getId() {
        return id;
    }

    public String getName() {
        return name;
    }
}
