package com.example.shop;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** What JSON-B cannot read is the client's mistake: WildFly reports it with this exception and would answer 500. */
@Provider
public class UnreadableJson implements ExceptionMapper<ProcessingException> {
    @Override
    public Response toResponse(ProcessingException exception) {
        return Problems.answer(
                        Response.Status.BAD_REQUEST,
                        "The order is not understood: a JSON object with customer, productId and quantity is needed")
                .getResponse();
    }
}
