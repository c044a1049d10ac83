package io.github.deploymigrations.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class PreparationTest {

    /** The first who waits for a database tells of it, as the settings want it told. */
    @Test
    void what_the_application_brings_is_read_to_its_end_also_where_the_thread_is_interrupted() throws Exception {
        Preparation read = new Preparation.Settled(null);
        FutureTask<Preparation> reading = new FutureTask<>(() -> {
            Thread.sleep(200);
            return read;
        });
        Thread reader = new Thread(reading);
        reader.start();
        Thread.currentThread().interrupt();
        Preparation found;
        boolean interrupted;
        try {
            found = Preparation.read(reading);
        } finally {
            interrupted = Thread.interrupted();
        }
        assertEquals(read, found);
        assertTrue(interrupted);
        reader.join();
    }
}
