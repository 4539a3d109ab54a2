package org.evenkeel.identity;

import static org.evenkeel.identity.IdentityFixture.ADMINISTRATOR;
import static org.evenkeel.identity.IdentityFixture.DESK;
import static org.evenkeel.identity.IdentityFixture.PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import org.evenkeel.identity.AccountAdministration.Decision;
import org.evenkeel.shared.Invalid;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.shared.NotFound;
import org.evenkeel.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoginSessionsTest {

    @ParameterizedTest
    @EnumSource(Database.class)
    void aTokenStandsForItsAccountAndNeedsOneQuery(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        long id = fixture.account("lead", Role.LEAD, Role.THERAPIST);
        LoginSessions sessions = fixture.sessions();
        String token = sessions.open(id);
        Caller caller = sessions.find(token, false).orElseThrow();
        assertEquals(id, caller.actor().accountId());
        assertEquals(Set.of(Role.LEAD, Role.THERAPIST), caller.actor().roles());
        assertEquals(1, database.statements(() -> sessions.find(token, false)));
        assertEquals(43, token.length(), "256 bits");
        assertTrue(sessions.find(token + "x", false).isEmpty());
        assertTrue(sessions.find("", false).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void tenIdleMinutesEndIt(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        LoginSessions sessions = fixture.sessions();
        String token = sessions.open(fixture.account("desk", Role.DESK));
        for (int i = 0; i < 3; i++) {
            fixture.clock.advance(Duration.ofMinutes(9));
            assertTrue(sessions.find(token, false).isPresent());
        }
        fixture.clock.advance(Duration.ofMinutes(10));
        assertTrue(sessions.find(token, false).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void twelveHoursEndItHoweverBusy(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        LoginSessions sessions = fixture.sessions();
        String token = sessions.open(fixture.account("desk", Role.DESK));
        for (int minute = 5; minute < 12 * 60; minute += 5) {
            fixture.clock.advance(Duration.ofMinutes(5));
            assertTrue(sessions.find(token, false).isPresent());
        }
        fixture.clock.advance(Duration.ofMinutes(5));
        assertTrue(sessions.find(token, false).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatRunsInTheBackgroundNeverProlongsIt(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        LoginSessions sessions = fixture.sessions();
        String token = sessions.open(fixture.account("desk", Role.DESK));
        for (int second = 0; second < 595; second += 5) {
            fixture.clock.advance(Duration.ofSeconds(5));
            assertTrue(sessions.find(token, true).isPresent());
        }
        fixture.clock.advance(Duration.ofSeconds(5));
        assertTrue(sessions.find(token, true).isEmpty());
        assertTrue(sessions.find(token, false).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void activityIsNotedAtMostOnceAMinute(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        LoginSessions sessions = fixture.sessions();
        String token = sessions.open(fixture.account("desk", Role.DESK));
        fixture.clock.advance(Duration.ofSeconds(59));
        assertEquals(1, database.statements(() -> sessions.find(token, false)));
        fixture.clock.advance(Duration.ofSeconds(1));
        assertEquals(2, database.statements(() -> sessions.find(token, false)));
        assertEquals(1, database.statements(() -> sessions.find(token, false)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void afterALogoutTheTokenIsRefusedOnEveryNode(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        String token = fixture.sessions().open(fixture.account("desk", Role.DESK));
        fixture.sessions().end(token);
        assertTrue(fixture.sessions().find(token, false).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void deactivationRolesAndPasswordsEndSessionsAtOnce(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        long id = fixture.account("desk", Role.DESK);
        LoginSessions sessions = fixture.sessions();

        String beforeRoles = sessions.open(id);
        change(fixture, id, Set.of(Role.DESK, Role.LEAD), true);
        assertTrue(sessions.find(beforeRoles, false).isEmpty());

        String beforePassword = sessions.open(id);
        fixture.administration().setPassword(ADMINISTRATOR, id, "three lamps at the harbour");
        assertTrue(sessions.find(beforePassword, false).isEmpty());
        assertFalse(fixture.succeeds("desk", PASSWORD));

        String beforeDeactivation = sessions.open(id);
        change(fixture, id, Set.of(Role.DESK, Role.LEAD), false);
        assertTrue(sessions.find(beforeDeactivation, false).isEmpty());
        assertFalse(fixture.succeeds("desk", "three lamps at the harbour"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aNewNameAloneEndsNothing(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        long id = fixture.account("desk", Role.DESK);
        String token = fixture.sessions().open(id);
        fixture.administration()
                .change(
                        ADMINISTRATOR,
                        id,
                        fixture.read(id).version(),
                        new Decision("Someone Else", Set.of(Role.DESK), null, true));
        assertTrue(fixture.sessions().find(token, false).isPresent());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void changingOnesOwnPasswordEndsTheOtherSessions(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        long id = fixture.account("desk", Role.DESK);
        LoginSessions sessions = fixture.sessions();
        String here = sessions.open(id);
        String elsewhere = sessions.open(id);
        Caller caller = sessions.find(here, false).orElseThrow();
        OwnAccount own = fixture.ownAccount();
        assertThrows(
                Invalid.class,
                () -> own.changePassword(caller, "wrong", "three lamps at the harbour", IdentityFixture.ADDRESS));
        own.changePassword(caller, PASSWORD, "three lamps at the harbour", IdentityFixture.ADDRESS);
        assertTrue(sessions.find(here, false).isPresent());
        assertTrue(sessions.find(elsewhere, false).isEmpty());
        assertTrue(fixture.succeeds("desk", "three lamps at the harbour", "203.0.113.1"));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void tokensWorkUntilRevokedAndWithTheRolesOfTheMoment(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        long id = fixture.account("desk", Role.DESK);
        ApiTokens tokens = fixture.tokens();
        Actor owner = new Actor(id, "desk", Set.of(Role.DESK), null);
        String token = tokens.create(owner, id, "night report");
        assertEquals(43, token.length(), "256 bits");
        assertEquals(Set.of(Role.DESK), tokens.find(token).orElseThrow().actor().roles());
        assertEquals(1, database.statements(() -> tokens.find(token)));

        change(fixture, id, Set.of(Role.LEAD), true);
        assertEquals(Set.of(Role.LEAD), tokens.find(token).orElseThrow().actor().roles());
        change(fixture, id, Set.of(Role.LEAD), false);
        assertTrue(tokens.find(token).isEmpty());
        change(fixture, id, Set.of(Role.LEAD), true);
        assertTrue(tokens.find(token).isPresent());

        tokens.revoke(owner, id, tokens.list(owner, id).get(0).id());
        assertTrue(tokens.find(token).isEmpty());
        assertEquals(0, tokens.list(owner, id).size());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aPasswordSetByAnAdministratorRevokesTokens(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        long id = fixture.account("desk", Role.DESK);
        String token = fixture.tokens().create(ADMINISTRATOR, id, "night report");
        fixture.administration().setPassword(ADMINISTRATOR, id, "three lamps at the harbour");
        assertTrue(fixture.tokens().find(token).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void tokensOfOthersAreForAdministrators(Database database) {
        IdentityFixture fixture = new IdentityFixture(database);
        long id = fixture.account("lee", Role.THERAPIST);
        ApiTokens tokens = fixture.tokens();
        tokens.create(ADMINISTRATOR, id, "calendar");
        long tokenId = tokens.list(ADMINISTRATOR, id).get(0).id();
        assertThrows(NotAllowed.class, () -> tokens.list(DESK, id));
        assertThrows(NotAllowed.class, () -> tokens.create(DESK, id, "mine now"));
        assertThrows(NotAllowed.class, () -> tokens.revoke(DESK, id, tokenId));
        assertThrows(NotFound.class, () -> tokens.revoke(DESK, DESK.accountId(), tokenId));
        assertEquals(3, fixture.count("REFUSED", "DENIED"));
    }

    private static void change(IdentityFixture fixture, long id, Set<Role> roles, boolean active) {
        fixture.administration()
                .change(ADMINISTRATOR, id, fixture.read(id).version(), new Decision("Someone", roles, null, active));
    }
}
