package io.github.deploymigrations.lock;

import io.github.deploymigrations.settings.LockMode;
import io.github.deploymigrations.settings.TableName;
import io.github.deploymigrations.testing.UrlDataSource;
import java.sql.Connection;

/** Takes a lock, says so, and holds it until it is killed. */
final class LockingProcess {
    private LockingProcess() {}

    public static void main(String[] arguments) throws Exception {
        UrlDataSource dataSource = new UrlDataSource(arguments[0], arguments[1], arguments[2]);
        Connection working = dataSource.getConnection();
        MigrationLock.Held held = MigrationLocks.of(
                        LockMode.valueOf(arguments[3]),
                        new Contender("child", "killed.war"),
                        TableName.DEFAULT,
                        working,
                        dataSource::getConnection)
                .tryAcquire()
                .orElseThrow();
        held.verify();
        System.out.println("locked");
        while (true) {
            Thread.sleep(1000);
            held.verify();
        }
    }
}
