package io.github.deploymigrations.benchmark;

import io.github.deploymigrations.testing.TcpForwarder;
import io.github.deploymigrations.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;

/** What an up-to-date start asks the database, by what its sockets carry. */
record RoundTrips(List<Place> places, Path scripts) {

    /** As Markdown. */
    List<String> lines() throws Exception {
        List<String> lines = new ArrayList<>();
        lines.add("| Database | Tool | Connections | Statements | Packets sent | of them to connect |");
        lines.add("|---|---|---:|---:|---:|---:|");
        for (Place place : places) {
            if (place == Place.POSTGRESQL || place == Place.MARIADB) {
                for (Tool tool :
                        Arrays.stream(Tool.values()).filter(Tool::isPeer).toList()) {
                    lines.add("| " + place.title() + " | " + tool.title() + " | " + cells(place, tool));
                }
            }
        }
        return lines;
    }

    private String cells(Place place, Tool tool) throws Exception {
        try (TestDatabase database = place.fresh()) {
            tool.candidate().migrate(database.dataSource(), scripts);
            int toConnect;
            try (TcpForwarder wire = TcpForwarder.to(database)) {
                connect(wire.dataSource());
                toConnect = wire.packets();
            }
            try (TcpForwarder wire = TcpForwarder.to(database)) {
                Counted counted = new Counted(wire.dataSource());
                tool.candidate().migrate(counted.dataSource(), scripts);
                return counted.connections() + " | " + counted.statements() + " | " + wire.packets() + " | "
                        + toConnect * counted.connections() + " |";
            }
        }
    }

    private static void connect(DataSource dataSource) throws Exception {
        dataSource.getConnection().close();
    }
}
