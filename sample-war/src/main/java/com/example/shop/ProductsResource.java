package com.example.shop;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;

@RequestScoped
@Path("products")
@Produces(MediaType.APPLICATION_JSON)
public class ProductsResource {
    @Inject
    private Products products;

    @GET
    public List<Product> all() throws SQLException {
        return products.all();
    }

    @GET
    @Path("{id}")
    public Product one(@PathParam("id") long id) throws SQLException {
        return products.find(id)
                .orElseThrow(() -> Problems.answer(Response.Status.NOT_FOUND, "There is no product " + id));
    }
}
