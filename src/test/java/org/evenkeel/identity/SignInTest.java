package org.evenkeel.identity;

import static org.evenkeel.identity.IdentityFixture.ADDRESS;
import static org.evenkeel.identity.IdentityFixture.PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.evenkeel.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignInTest {

    @ParameterizedTest
    @EnumSource(Database.class)
    void theRightPasswordLetsInWhateverTheCaseOfTheName(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        fixture.account("desk", Role.DESK);
        assertTrue(fixture.succeeds(" Desk ", PASSWORD));
        assertFalse(fixture.succeeds("desk", PASSWORD.toUpperCase(Locale.ROOT)));
        assertFalse(fixture.succeeds("nobody", PASSWORD));
        assertEquals(1, fixture.count("SIGNED_IN", "OK"));
        assertEquals(2, fixture.count("SIGNED_IN", "REFUSED"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void fromTheFifthFailureOnTheAccountWaitsLongerAndLonger(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        fixture.account("desk", Role.DESK);
        fail(fixture, "desk", 5);
        assertFalse(fixture.succeeds("desk", PASSWORD, "203.0.113.1"), "at once after the fifth");
        fixture.clock.advance(Duration.ofSeconds(2));
        assertFalse(fixture.succeeds("desk", "wrong", "203.0.113.2"), "the sixth failure");
        fixture.clock.advance(Duration.ofSeconds(3));
        assertFalse(fixture.succeeds("desk", PASSWORD, "203.0.113.3"), "the delay has doubled");
        fixture.clock.advance(Duration.ofSeconds(1));
        assertTrue(fixture.succeeds("desk", PASSWORD, "203.0.113.4"));
        fail(fixture, "desk", 4);
        assertTrue(fixture.succeeds("desk", PASSWORD, "203.0.113.5"), "success starts the count anew");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void theDelayOutlivesARestartAndHoldsOnEveryNode(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        fixture.account("desk", Role.DESK);
        SignIn oneNode = fixture.signIn();
        IntStream.range(0, 5).forEach(i -> oneNode.attempt("desk", "wrong", "203.0.113." + i));
        SignIn anotherNode = fixture.signIn();
        assertTrue(anotherNode.attempt("desk", PASSWORD, ADDRESS).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void theAddressWaitsToo(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        fixture.account("desk", Role.DESK);
        IntStream.range(0, 5).forEach(i -> assertFalse(fixture.succeeds("guess" + i, "wrong")));
        assertFalse(fixture.succeeds("desk", PASSWORD));
        assertTrue(fixture.succeeds("desk", PASSWORD, "203.0.113.9"), "others are not held up");
        fixture.clock.advance(Duration.ofHours(25));
        assertTrue(fixture.succeeds("desk", PASSWORD), "forgotten after a day");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void theDelayIsAQuarterOfAnHourAtMost(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        fixture.account("desk", Role.DESK);
        for (int i = 0; i < 30; i++) {
            fixture.throttle().admits("desk", "203.0.113." + i);
            fixture.clock.advance(Duration.ofMinutes(15));
        }
        assertTrue(fixture.succeeds("desk", PASSWORD));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void guessesMadeAtOnceDoNotSlipThrough(Database database) throws Exception {
        IdentityFixture fixture = new IdentityFixture(database);
        LoginThrottle throttle = fixture.throttle();
        ExecutorService guessers = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> guesses = IntStream.range(0, 40)
                    .<Callable<Boolean>>mapToObj(i -> () -> throttle.admits("desk", "203.0.113." + i))
                    .toList();
            int admitted = 0;
            for (Future<Boolean> guess : guessers.invokeAll(guesses)) {
                admitted += guess.get() ? 1 : 0;
            }
            assertEquals(5, admitted);
        } finally {
            guessers.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void unknownWrongInactiveAndDelayedCostTheSameWork(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        fixture.account("desk", Role.DESK);
        long gone = fixture.account("gone", Role.DESK);
        fixture.administration()
                .change(
                        IdentityFixture.ADMINISTRATOR,
                        gone,
                        fixture.read(gone).version(),
                        new AccountAdministration.Decision("Someone", Set.of(Role.DESK), null, false));
        List<String> verified = new CopyOnWriteArrayList<>();
        SignIn signIn = fixture.signIn(new Passwords() {
            @Override
            public boolean matches(String password, String hash) {
                verified.add(hash.substring(0, 30));
                return super.matches(password, hash);
            }
        });
        int unknown = database.statements(() -> signIn.attempt("unknown", "wrong", "203.0.113.1"));
        int wrong = database.statements(() -> signIn.attempt("desk", "wrong", "203.0.113.2"));
        int inactive = database.statements(() -> signIn.attempt("gone", PASSWORD, "203.0.113.3"));
        assertEquals(unknown, wrong);
        assertEquals(unknown, inactive);
        fail(fixture, "desk", 4);
        assertTrue(signIn.attempt("desk", PASSWORD, "203.0.113.4").isEmpty());
        assertEquals(4, verified.size(), "one password each");
        assertEquals(1, verified.stream().distinct().count(), "with the same parameters");
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aHashOfOldParametersIsRenewedAtLogin(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        long id = fixture.account("desk", Role.DESK);
        String old = Password.hash(PASSWORD)
                .addRandomSalt()
                .with(Argon2Function.getInstance(8192, 1, 1, 32, Argon2.ID))
                .getResult();
        database.transactions()
                .runInNew(() -> fixture.accounts().byId(id).orElseThrow().setPasswordHash(old));
        assertTrue(fixture.succeeds("desk", PASSWORD));
        assertFalse(IdentityFixture.PASSWORDS.isOutdated(
                fixture.read(id).passwordHash().orElseThrow()));
        assertTrue(fixture.succeeds("desk", PASSWORD));
    }

    private static void fail(IdentityFixture fixture, String username, int times) {
        IntStream.range(0, times).forEach(i -> assertFalse(fixture.succeeds(username, "wrong", "192.0.2." + i)));
    }
}
