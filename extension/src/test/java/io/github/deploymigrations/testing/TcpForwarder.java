package io.github.deploymigrations.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Stands between a driver and the server of a database, passes on what they say, and at a chosen moment cuts, stalls or
 * delays their connections. A packet is what one read of a socket gives: what a driver has flushed, as a rule.
 */
public final class TcpForwarder implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("(?<=//127\\.0\\.0\\.1:)[0-9]+");

    private final ServerSocket entrance;
    private final int target;
    private final UrlDataSource dataSource;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Watch> watches = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final StringBuilder sent = new StringBuilder();
    private int packets;
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean stalled;
    private volatile boolean down;

    private TcpForwarder(TestDatabase database) throws IOException {
        // with a stack trace, of each connection that it cannot close in good order (42.7.8)
        QuietLoggers.of("org.postgresql.core.ConnectionFactory", Level.OFF);
        Matcher port = PORT.matcher(database.url());
        if (!port.find()) {
            throw new IllegalArgumentException("no server at a port: " + database.url());
        }
        target = Integer.parseInt(port.group());
        entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        String url = port.replaceFirst(String.valueOf(entrance.getLocalPort()));
        dataSource = new UrlDataSource(url, database.user(), database.password());
        thread("accept", this::accept);
    }

    /** A forwarder to the server that has this database. */
    public static TcpForwarder to(TestDatabase database) {
        try {
            return new TcpForwarder(database);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The database by way of the forwarder; each connection is a new one. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** A moment in what the clients send. */
    @FunctionalInterface
    public interface Moment {
        /**
         * Whether it is now.
         *
         * @param packet number of the packet that came from a client last, from 1
         * @param sent by all clients, this packet included
         * @param before how much of it came before this packet
         */
        boolean isNow(int packet, CharSequence sent, int before);
    }

    /** The packet with this number, from 1, of all clients together. */
    public static Moment packet(int number) {
        return (packet, sent, before) -> packet == number;
    }

    /** The packet with the byte of this number, from 1, of all clients together. */
    public static Moment bytes(int number) {
        return (packet, sent, before) -> before < number && number <= sent.length();
    }

    /** The packet in which this text is complete, for the first time. */
    public static Moment text(String text) {
        return (packet, sent, before) -> sent.toString().indexOf(text, Math.max(0, before - text.length() + 1)) >= 0;
    }

    /** Something that happens at a moment, once. */
    @FunctionalInterface
    public interface Blow {
        void strike();
    }

    private record Watch(Moment moment, boolean answered, Blow blow) {}

    /** Strikes at the moment, before its packet reaches the server. */
    public TcpForwarder before(Moment moment, Blow blow) {
        return watch(new Watch(moment, false, blow));
    }

    /** Strikes when the server answers to the moment's packet: it has done what it was told, and nobody hears of it. */
    public TcpForwarder answering(Moment moment, Blow blow) {
        return watch(new Watch(moment, true, blow));
    }

    private synchronized TcpForwarder watch(Watch watch) {
        watches.add(watch);
        return this;
    }

    /** Holds back each packet so long, in both directions. */
    public TcpForwarder delay(Duration each) {
        delay = each;
        return this;
    }

    /** Keeps all connections open, passes nothing any more, and takes connections without a word. */
    public void stall() {
        stalled = true;
    }

    /** Ends all connections as a crash does (RST); no other comes through. */
    public void reset() {
        down = true;
        sockets.forEach(socket -> end(socket, true));
    }

    /** Ends all connections in good order (FIN); no other comes through. */
    public void finish() {
        down = true;
        sockets.forEach(socket -> end(socket, false));
    }

    /** What clients sent until now, each byte a character. */
    public synchronized String sent() {
        return sent.toString();
    }

    /** How many packets came from clients. */
    public synchronized int packets() {
        return packets;
    }

    /** Whether each chosen moment has come. */
    public synchronized boolean hasStruck() {
        return watches.isEmpty();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = entrance.accept();
            if (down) {
                end(client, true);
            } else {
                connect(client);
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        for (Socket socket : List.of(client, server)) {
            socket.setTcpNoDelay(true);
            sockets.add(socket);
        }
        Exchange exchange = new Exchange(client, server);
        thread("client", exchange::fromClient);
        thread("server", exchange::fromServer);
    }

    /** One connection, both ways. */
    private final class Exchange {
        private final Socket client;
        private final Socket server;
        private final List<Blow> onAnswer = new CopyOnWriteArrayList<>();

        Exchange(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void fromClient() throws IOException {
            pass(client, server, packet -> hear(packet, onAnswer));
        }

        void fromServer() throws IOException {
            pass(server, client, packet -> {
                onAnswer.forEach(Blow::strike);
                onAnswer.clear();
            });
        }
    }

    /** Hears of a packet before it is passed on. */
    @FunctionalInterface
    private interface Ear {
        void hear(String packet);
    }

    private void pass(Socket from, Socket to, Ear ear) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[65_536];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                ear.hear(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
                pause();
                if (down) {
                    return;
                }
                out.write(buffer, 0, count);
            }
        }
    }

    private void pause() throws IOException {
        try {
            if (stalled) {
                closed.await();
            } else if (!delay.isZero()) {
                Thread.sleep(delay.toMillis());
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** The blow is struck by nobody else meanwhile, but outside of the lock: it may take its time. */
    private void hear(String packet, List<Blow> onAnswer) {
        List<Watch> now = new ArrayList<>();
        synchronized (this) {
            int before = sent.length();
            sent.append(packet);
            packets++;
            watches.removeIf(watch -> watch.moment.isNow(packets, sent, before) && now.add(watch));
        }
        for (Watch watch : now) {
            if (watch.answered) {
                onAnswer.add(watch.blow);
            } else {
                watch.blow.strike();
            }
        }
    }

    /** Work of a thread; a socket that breaks ends it. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static void thread(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // the connection is over, which is what it is for
                    }
                },
                "forwarder-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** @param hard without waiting for anything, and telling so: RST */
    private static void end(Socket socket, boolean hard) {
        try (socket) {
            if (hard) {
                socket.setSoLinger(true, 0);
            } else {
                socket.shutdownOutput();
            }
        } catch (IOException e) {
            // it was over already
        }
    }

    @Override
    public void close() {
        reset();
        closed.countDown();
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
