package org.evenkeel.identity;

import static org.evenkeel.identity.IdentityFixture.ADMINISTRATOR;
import static org.evenkeel.identity.IdentityFixture.DESK;
import static org.evenkeel.identity.IdentityFixture.PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.evenkeel.identity.AccountAdministration.Decision;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.NotFound;
import org.evenkeel.shared.Stale;
import org.evenkeel.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccountAdministrationTest {
    private static final Decision DESK_ACCOUNT = new Decision("Front Desk", Set.of(Role.DESK), null, true);

    @ParameterizedTest
    @EnumSource(Database.class)
    void createdAccountsSignInAndAreListedWithTheirRoles(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        AccountAdministration administration = fixture.administration();
        long id = administration.create(ADMINISTRATOR, " Front.Desk ", DESK_ACCOUNT, PASSWORD);
        assertTrue(fixture.succeeds("front.desk", PASSWORD));
        for (int i = 0; i < 30; i++) {
            fixture.account("more" + i, Role.THERAPIST, Role.LEAD);
        }
        AccountAdministration.Page page = administration.list(ADMINISTRATOR, "", 0, 25);
        assertEquals(31, page.total());
        assertEquals(25, page.accounts().size());
        assertEquals(Set.of(Role.THERAPIST, Role.LEAD), page.accounts().get(5).roles());
        assertEquals(3, database.statements(() -> administration.list(ADMINISTRATOR, "", 0, 25)));
        assertEquals(
                id,
                administration
                        .list(ADMINISTRATOR, "FRONT", 0, 25)
                        .accounts()
                        .get(0)
                        .id());
        assertEquals(1, fixture.count("CREATED", "OK"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aNameIsTakenOnce(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        fixture.account("desk", Role.DESK);
        Invalid refused = assertThrows(
                Invalid.class, () -> fixture.administration().create(ADMINISTRATOR, "DESK", DESK_ACCOUNT, PASSWORD));
        assertEquals("username", refused.field());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void onlyAdministratorsManageAccountsAndRefusalsAreOnRecord(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        long id = fixture.account("lee", Role.THERAPIST);
        AccountAdministration administration = fixture.administration();
        Actor lead = new Actor(3, "lead", Set.of(Role.LEAD, Role.THERAPIST), null);
        for (Actor actor : List.of(DESK, lead)) {
            assertThrows(NotAllowed.class, () -> administration.list(actor, "", 0, 25));
            assertThrows(NotAllowed.class, () -> administration.find(actor, id));
            assertThrows(NotAllowed.class, () -> administration.create(actor, "mole", DESK_ACCOUNT, PASSWORD));
            assertThrows(NotAllowed.class, () -> administration.change(actor, id, 1, DESK_ACCOUNT));
            assertThrows(NotAllowed.class, () -> administration.setPassword(actor, id, PASSWORD));
            assertThrows(NotAllowed.class, () -> administration.therapists(actor));
            assertThrows(NotAllowed.class, () -> fixture.settings().change(actor, Map.of(), Map.of()));
        }
        assertEquals(14, fixture.count("REFUSED", "DENIED"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void theLastActiveAdministratorStaysOne(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        long first = fixture.account("first", Role.ADMIN, Role.DESK);
        assertThrows(Invalid.class, () -> demote(fixture, first));
        assertThrows(Invalid.class, () -> fixture.administration()
                .change(
                        ADMINISTRATOR,
                        first,
                        fixture.read(first).version(),
                        new Decision("First", Set.of(Role.ADMIN), null, false)));
        fixture.account("second", Role.ADMIN);
        demote(fixture, first);
        assertEquals(Set.of(Role.DESK), fixture.read(first).roles());
        assertEquals(1, fixture.count("PRIVILEGE_CHANGED", "OK"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void twoAdministratorsCannotRemoveEachOther(Database database) throws Exception {
        IdentityFixture fixture = new IdentityFixture(database);
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 10; round++) {
                database.clean();
                long one = fixture.account("one", Role.ADMIN);
                long two = fixture.account("two", Role.ADMIN);
                List<Callable<Boolean>> attempts =
                        List.of(() -> tryToDemote(fixture, one), () -> tryToDemote(fixture, two));
                int done = 0;
                for (Future<Boolean> attempt : both.invokeAll(attempts)) {
                    done += attempt.get() ? 1 : 0;
                }
                assertEquals(1, done);
            }
        } finally {
            both.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aStaleFormIsRefused(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        long id = fixture.account("desk", Role.DESK);
        long version = fixture.read(id).version();
        fixture.administration().change(ADMINISTRATOR, id, version, new Decision("New", Set.of(Role.DESK), null, true));
        assertThrows(Stale.class, () -> fixture.administration().change(ADMINISTRATOR, id, version, DESK_ACCOUNT));
        assertEquals("New", fixture.read(id).displayName());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void theRoleOfTherapistGoesWithATherapist(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        AccountAdministration administration = fixture.administration();
        assertThrows(
                Invalid.class,
                () -> administration.create(
                        ADMINISTRATOR, "lee", new Decision("Lee", Set.of(Role.THERAPIST), null, true), PASSWORD));
        assertThrows(
                Invalid.class,
                () -> administration.create(
                        ADMINISTRATOR, "lee", new Decision("Lee", Set.of(Role.DESK), 5L, true), PASSWORD));
        assertThrows(
                Invalid.class,
                () -> administration.create(ADMINISTRATOR, "lee", new Decision("Lee", Set.of(), null, true), PASSWORD));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void theFirstAdministratorComesFromAOneTimeToken(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        FirstAdministrator setup = fixture.firstAdministrator();
        String oneNode = setup.announce().orElseThrow();
        String anotherNode = setup.announce().orElseThrow();
        assertThrows(Invalid.class, () -> setup.create("guessed", "admin", PASSWORD));
        assertThrows(Invalid.class, () -> setup.create(oneNode, "admin", "short"));
        setup.create(oneNode, "admin", PASSWORD);
        assertFalse(setup.isMissing());
        assertTrue(fixture.succeeds("admin", PASSWORD));
        assertThrows(NotFound.class, () -> setup.create(anotherNode, "second", PASSWORD));
        assertTrue(setup.announce().isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aSetupTokenLivesForADay(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        String token = fixture.firstAdministrator().announce().orElseThrow();
        fixture.clock.advance(Duration.ofHours(24));
        assertThrows(Invalid.class, () -> fixture.firstAdministrator().create(token, "admin", PASSWORD));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void twoTokensUsedAtOnceMakeOneAdministrator(Database database) throws Exception {
        IdentityFixture fixture = new IdentityFixture(database);
        String one = fixture.firstAdministrator().announce().orElseThrow();
        String two = fixture.firstAdministrator().announce().orElseThrow();
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            List<Callable<Boolean>> attempts =
                    List.of(() -> tryToSetUp(fixture, one, "one"), () -> tryToSetUp(fixture, two, "two"));
            int done = 0;
            for (Future<Boolean> attempt : both.invokeAll(attempts)) {
                done += attempt.get() ? 1 : 0;
            }
            assertEquals(1, done);
        } finally {
            both.shutdownNow();
        }
    }

    private static boolean tryToSetUp(IdentityFixture fixture, String token, String username) {
        try {
            fixture.firstAdministrator().create(token, username, PASSWORD);
            return true;
        } catch (Invalid | NotFound e) {
            return false;
        }
    }

    private static boolean tryToDemote(IdentityFixture fixture, long id) {
        try {
            demote(fixture, id);
            return true;
        } catch (Invalid e) {
            return false;
        }
    }

    private static void demote(IdentityFixture fixture, long id) {
        fixture.administration()
                .change(
                        ADMINISTRATOR,
                        id,
                        fixture.read(id).version(),
                        new Decision("Someone", Set.of(Role.DESK), null, true));
    }
}
