package com.example.shop;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.util.List;

@RequestScoped
@Path("orders")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OrdersResource {
    private static final int ON_ONE_PAGE = 20;

    @Inject
    private Products products;

    @Inject
    private Orders orders;

    @GET
    public List<Order> newest() throws SQLException {
        return orders.newest(ON_ONE_PAGE);
    }

    @GET
    @Path("{id}")
    public Order one(@PathParam("id") long id) throws SQLException {
        return orders.find(id).orElseThrow(() -> Problems.answer(Response.Status.NOT_FOUND, "There is no order " + id));
    }

    @POST
    public Response place(NewOrder order, @Context UriInfo uri) throws SQLException {
        if (order == null) {
            throw Problems.answer(Response.Status.BAD_REQUEST, "The order is missing");
        }
        if (!order.problems().isEmpty()) {
            throw Problems.answer(Response.Status.BAD_REQUEST, order.problems());
        }
        Product product = products.find(order.productId())
                .orElseThrow(() -> Problems.answer(
                        Response.Status.BAD_REQUEST, "productId: there is no product " + order.productId()));
        long id = orders.place(order)
                .orElseThrow(() -> Problems.answer(
                        Response.Status.CONFLICT, "quantity: " + product.name() + " is not in stock so often"));
        return Response.created(
                        uri.getAbsolutePathBuilder().path(Long.toString(id)).build())
                .entity(one(id))
                .build();
    }
}
