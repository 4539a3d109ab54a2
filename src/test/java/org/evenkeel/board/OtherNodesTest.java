package org.evenkeel.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.evenkeel.platform.AtCommit;
import org.evenkeel.platform.Hourly;
import org.evenkeel.platform.Push;
import org.evenkeel.testing.Database;
import org.evenkeel.testing.MovableClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Boards of several nodes")
class OtherNodesTest {
    private static final LocalDate THURSDAY = LocalDate.of(2027, 3, 4);
    private static final LocalDate FRIDAY = THURSDAY.plusDays(1);
    private static final Instant NOON = Instant.parse("2027-03-04T12:00:00Z");

    /** A node with one board open, and what that was told. */
    private static final class Node implements Push, AtCommit {
        final Database database;
        final OtherNodes nodes;
        final List<String> told = new ArrayList<>();
        boolean open = true;
        private final Map<Class<?>, Object> gathered = new LinkedHashMap<>();
        private final List<Runnable> ends = new ArrayList<>();

        Node(Database database) {
            this.database = database;
            nodes = new OtherNodes(
                    database.entityManager(), database.transactions(), this, this, new MovableClock(NOON), true);
        }

        void change(Runnable meanwhile, LocalDate... dates) {
            change(meanwhile, Stream.of(dates).map(LocalDate::toString).toList());
        }

        void change(Runnable meanwhile, List<String> dates) {
            database.transactions().runInNew(() -> {
                dates.forEach(date -> nodes.tell(List.of(date)));
                ends.forEach(Runnable::run);
                gathered.clear();
                ends.clear();
                meanwhile.run();
            });
        }

        void change(LocalDate... dates) {
            change(() -> {}, dates);
        }

        List<String> look() {
            told.clear();
            nodes.look();
            return List.copyOf(told);
        }

        @Override
        public <T> T gathered(Class<T> kind, Supplier<T> first, Consumer<T> last) {
            return kind.cast(gathered.computeIfAbsent(kind, k -> {
                T made = first.get();
                ends.add(() -> last.accept(made));
                return made;
            }));
        }

        @Override
        public void send(String channel, Object message) {
            told.add(channel + " " + message);
        }

        @Override
        public boolean isHeard(String channel) {
            return open;
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("are told what another has changed, once, and nothing of their own")
    void told(Database database) {
        database.clean();
        Node one = new Node(database);
        Node other = new Node(database);
        assertEquals(List.of(), other.look());
        one.change(THURSDAY, FRIDAY, THURSDAY);
        assertEquals(List.of("board {dates=[2027-03-04, 2027-03-05]}"), other.look());
        assertEquals(List.of(), other.look());
        assertEquals(List.of(), one.look());
        other.change(FRIDAY);
        one.change(THURSDAY);
        assertEquals(List.of("board {dates=[2027-03-04]}"), other.look());
        assertEquals(List.of("board {dates=[2027-03-05]}"), one.look());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("are told of what may be of any date as well")
    void anyDate(Database database) {
        database.clean();
        Node one = new Node(database);
        Node other = new Node(database);
        other.look();
        one.change(() -> {}, List.of(BoardChanges.ANY_DATE, THURSDAY.toString()));
        assertEquals(List.of("board {dates=[*, 2027-03-04]}"), other.look());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("cost one statement for a transaction, one for a look, and none while no board is open")
    void statements(Database database) {
        database.clean();
        Node one = new Node(database);
        Node other = new Node(database);
        other.look();
        assertEquals(1, database.statements(() -> one.change(THURSDAY, FRIDAY)));
        assertEquals(1, database.statements(other::look));
        other.open = false;
        assertEquals(0, database.statements(other::look));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("learn of a change whose transaction began earlier and ended later")
    void lateCommit(Database database) throws InterruptedException, ExecutionException, TimeoutException {
        database.clean();
        Node slow = new Node(database);
        Node fast = new Node(database);
        Node other = new Node(database);
        other.look();
        SynchronousQueue<String> begun = new SynchronousQueue<>();
        SynchronousQueue<String> goOn = new SynchronousQueue<>();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> late = thread.submit(() -> slow.change(
                    () -> {
                        hand(() -> begun.offer("begun", 20, TimeUnit.SECONDS));
                        hand(() -> goOn.poll(20, TimeUnit.SECONDS));
                    },
                    THURSDAY));
            assertEquals("begun", begun.poll(20, TimeUnit.SECONDS));
            fast.change(FRIDAY);
            assertEquals(List.of("board {dates=[2027-03-05]}"), other.look());
            assertTrue(goOn.offer("go on", 20, TimeUnit.SECONDS));
            late.get(20, TimeUnit.SECONDS);
            assertEquals(List.of("board {dates=[2027-03-04]}"), other.look());
        } finally {
            thread.shutdownNow();
        }
    }

    private interface Waiting {
        @Nullable
        Object go() throws InterruptedException;
    }

    private static void hand(Waiting waiting) {
        try {
            @Nullable Object ignored = waiting.go();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("learn of what was changed just before they were first looked after, and of a year in one go")
    void firstLook(Database database) {
        database.clean();
        Node one = new Node(database);
        one.change(THURSDAY.datesUntil(THURSDAY.plusYears(1)).toArray(LocalDate[]::new));
        List<String> told = new Node(database).look();
        assertEquals(1, told.size());
        assertTrue(told.get(0).contains("2027-03-04") && told.get(0).contains("2028-03-03"), told::toString);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    @DisplayName("forget it within two hours")
    void cleared(Database database) {
        database.clean();
        Node one = new Node(database);
        one.change(THURSDAY);
        one.nodes.clear(new Hourly(NOON.plus(Duration.ofMinutes(59))));
        assertEquals(1, new Node(database).look().size());
        one.nodes.clear(new Hourly(NOON.plus(Duration.ofMinutes(61))));
        assertEquals(0, new Node(database).look().size());
    }
}
