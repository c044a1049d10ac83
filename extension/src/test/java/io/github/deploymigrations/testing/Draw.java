package io.github.deploymigrations.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What one case of a test over random input draws, the same for the same seed. There are {@code -Dproperty.count} cases,
 * 300 by default, from the seed {@code -Dproperty.seed} on: the same ones in every build, others by {@code
 * -Dproperty.seed=-1}. A case that fails says its seed.
 */
public final class Draw {
    private static final long SEED = seed(Long.getLong("property.seed", 1));
    private static final int COUNT = Integer.getInteger("property.count", 300);

    private static final Logger LOGGER = Logger.getLogger("io.github.deploymigrations");

    private static long seed(long asked) {
        return asked >= 0 ? asked : System.nanoTime() % 1_000_000_000;
    }

    private final long seed;
    private final SplittableRandom random;

    private Draw(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /** One for each case, for {@code @MethodSource}. */
    public static Stream<Draw> all() {
        return all(COUNT);
    }

    /** So many of them. */
    public static Stream<Draw> all(int count) {
        return LongStream.range(SEED, SEED + count).mapToObj(Draw::new);
    }

    /** A quarter of them, where each needs a database. */
    public static Stream<Draw> some() {
        return all().limit(Math.max(1, COUNT / 4));
    }

    /** What a case does. */
    @FunctionalInterface
    public interface Case {
        void run() throws Exception;
    }

    /** Runs the case without its log lines, which nobody reads of hundreds; its failure names the seed and what was drawn. */
    public void check(Object drawn, Case body) {
        Level level = LOGGER.getLevel();
        LOGGER.setLevel(Level.SEVERE);
        try {
            body.run();
        } catch (Exception | AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "\nwith " + drawn + "\nagain by -Dproperty.seed=" + seed + " -Dproperty.count=1",
                    e);
        } finally {
            LOGGER.setLevel(level);
        }
    }

    /** Between these two, both included. */
    public int number(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** True in so many cases of a hundred. */
    public boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    @SafeVarargs
    public final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    public <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** The same ones in another order. */
    public <T> List<T> shuffled(List<T> all) {
        List<T> shuffled = new ArrayList<>(all);
        for (int last = shuffled.size() - 1; last > 0; last--) {
            Collections.swap(shuffled, last, random.nextInt(last + 1));
        }
        return shuffled;
    }

    /** Some pieces, one behind the other. */
    public String text(int least, int most, String... pieces) {
        StringBuilder text = new StringBuilder();
        for (int count = number(least, most); count > 0; count--) {
            text.append(of(pieces));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "property.seed=" + seed;
    }
}
