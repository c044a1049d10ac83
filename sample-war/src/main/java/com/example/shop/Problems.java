package com.example.shop;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The JSON of every answer that is not what the client asked for. */
public record Problems(List<String> problems) {
    static WebApplicationException answer(Response.Status status, List<String> problems) {
        return new WebApplicationException(Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new Problems(problems))
                .build());
    }

    static WebApplicationException answer(Response.Status status, String problem) {
        return answer(status, List.of(problem));
    }
}
