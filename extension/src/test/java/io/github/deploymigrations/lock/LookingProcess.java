package io.github.deploymigrations.lock;

import io.github.deploymigrations.settings.LockMode;
import io.github.deploymigrations.settings.TableName;
import io.github.deploymigrations.testing.UrlDataSource;
import java.sql.Connection;

/** Looks who holds a lock, says so, and looks again and again until it is killed. */
final class LookingProcess {
    private LookingProcess() {}

    public static void main(String[] arguments) throws Exception {
        Connection connection = new UrlDataSource(arguments[0], "", "").getConnection();
        MigrationLock lock = MigrationLocks.of(
                LockMode.AUTO, new Contender("child", "looking.war"), TableName.DEFAULT, connection, () -> connection);
        lock.holder();
        System.out.println("looked");
        while (true) {
            lock.holder();
        }
    }
}
