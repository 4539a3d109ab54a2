package org.evenkeel.audit;

import static org.evenkeel.audit.AuditFixture.ADMINISTRATOR;
import static org.evenkeel.audit.AuditFixture.DESK;
import static org.evenkeel.audit.AuditFixture.LEAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.evenkeel.audit.AuditVerifier.Anchor;
import org.evenkeel.audit.AuditVerifier.Finding;
import org.evenkeel.audit.AuditVerifier.Flaw;
import org.evenkeel.audit.AuditVerifier.Verification;
import org.evenkeel.platform.Configuration;
import org.evenkeel.shared.NotAllowed;
import org.evenkeel.testing.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuditChainTest {

    @ParameterizedTest
    @EnumSource(Database.class)
    void anUntouchedChainIsIntact(Database database) {
        AuditFixture fixture = new AuditFixture(database);
        assertTrue(fixture.verify().intact(), "an empty one");
        fixture.append(1200);
        assertEquals(1201, fixture.sealer.seal(), "with the verification before");
        assertEquals(0, fixture.sealer.seal());
        Verification verification = fixture.verify();
        assertEquals(List.of(), verification.findings());
        assertTrue(verification.intact());
        assertEquals(1201, verification.sealed());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void anEditOfAnyColumnIsFound(Database database) {
        AuditFixture fixture = sealed(database, 5);
        for (String edit : List.of(
                "account_id = 77",
                "account_id = null",
                "action = 'SEARCHED'",
                "purpose = 'roster'",
                "subject = 'patient'",
                "subject_ids = ',9,'",
                "patient_ids = ''",
                "result = 'DENIED'",
                "detail = 'x'",
                "occurred_at = timestamp with time zone '2027-03-01 09:00:01+00'")) {
            sealedAgain(fixture, 5);
            fixture.tamper(
                    "update audit_entry set " + edit + " where id = (select entry_id from audit_seal where seq = 3)");
            assertEquals(List.of(new Finding(Flaw.ALTERED, 3)), fixture.verify().findings(), edit);
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aDeletedEntryIsFound(Database database) {
        AuditFixture fixture = sealed(database, 5);
        fixture.tamper(
                "alter table audit_seal drop constraint audit_seal_entry",
                "delete from audit_entry where id = (select entry_id from audit_seal where seq = 3)");
        try {
            assertEquals(List.of(new Finding(Flaw.DELETED, 3)), fixture.verify().findings());
        } finally {
            database.clean();
            fixture.tamper("alter table audit_seal add constraint audit_seal_entry"
                    + " foreign key (entry_id) references audit_entry (id)");
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void anEntryDeletedWithItsLinkIsFound(Database database) {
        AuditFixture fixture = sealed(database, 5);
        fixture.tamper("delete from audit_seal where seq = 3");
        assertEquals(
                List.of(new Finding(Flaw.LINK_MISSING, 3), new Finding(Flaw.ALTERED, 4)),
                fixture.verify().findings());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void anotherOrderIsFound(Database database) {
        AuditFixture fixture = sealed(database, 5);
        fixture.tamper(
                "update audit_seal set seq = 100 where seq = 2",
                "update audit_seal set seq = 2 where seq = 3",
                "update audit_seal set seq = 3 where seq = 100");
        List<Finding> findings = fixture.verify().findings();
        assertTrue(findings.contains(new Finding(Flaw.ALTERED, 2)), findings.toString());
        assertTrue(findings.contains(new Finding(Flaw.ALTERED, 3)), findings.toString());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aChainCutShortIsFoundEvenIfTheHeadIsSetBack(Database database) {
        AuditFixture fixture = sealed(database, 5);
        fixture.tamper("delete from audit_seal where seq > 3");
        assertEquals(List.of(new Finding(Flaw.CUT_SHORT, 3)), fixture.verify().findings());
        fixture.tamper(
                "update audit_chain set last_seq = 3," + " last_mac = (select mac from audit_seal where seq = 3)");
        assertEquals(List.of(new Finding(Flaw.HEAD_FORGED, 3)), fixture.verify().findings());
        fixture.tamper("delete from audit_chain");
        assertFalse(fixture.verify().intact());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aDatabaseSetBackAsAWholeIsFoundByAnAnchorFromTheLog(Database database) {
        AuditFixture fixture = sealed(database, 5);
        String line = fixture.sealer.head();
        Anchor anchor = new Anchor(5, line.substring(line.indexOf('-') + 1));
        fixture.append(2);
        fixture.sealer.seal();
        assertTrue(fixture.verifier().verify(ADMINISTRATOR, anchor).intact());
        sealedAgain(fixture, 5);
        assertTrue(fixture.verify().intact(), "looks well by itself");
        List<Finding> findings =
                fixture.verifier().verify(ADMINISTRATOR, anchor).findings();
        assertEquals(List.of(new Finding(Flaw.ANCHOR_MISSING, 5)), findings);
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void nobodySealsWithoutTheKey(Database database) {
        AuditFixture fixture = sealed(database, 3);
        AuditKey other = new AuditKey(Configuration.of("audit.key", "another key of more than thirty-two chars"));
        assertEquals(
                4,
                fixture.verifier(other).verify(ADMINISTRATOR, null).findings().size());
        assertThrows(IllegalStateException.class, () -> new AuditKey(Configuration.of("audit.key", "too short")));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void aTransactionThatCommitsLateIsSealedAfterOnesThatBeganLater(Database database) throws Exception {
        AuditFixture fixture = new AuditFixture(database);
        CountDownLatch recorded = new CountDownLatch(1);
        CountDownLatch sealedWithout = new CountDownLatch(1);
        ExecutorService slow = Executors.newSingleThreadExecutor();
        try {
            Future<?> late = slow.submit(() -> database.transactions().runInNew(() -> {
                fixture.trail.record(DESK, AuditTrail.Entry.viewed("board", "session", List.of(), List.of()));
                recorded.countDown();
                await(sealedWithout);
            }));
            await(recorded);
            fixture.append(3);
            assertEquals(3, fixture.sealer.seal());
            sealedWithout.countDown();
            late.get(10, TimeUnit.SECONDS);
        } finally {
            slow.shutdownNow();
        }
        fixture.clock.advance(Duration.ofMinutes(2));
        assertEquals(1, fixture.sealer.seal());
        assertTrue(fixture.verify().intact());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void whatIsSealedForLongIsNotReadAgain(Database database) {
        AuditFixture fixture = new AuditFixture(database);
        fixture.append(1600);
        assertEquals(1600, fixture.sealer.seal());
        assertEquals(
                5, database.statements(fixture.sealer::seal), "where to begin, and pages: one of them may commit yet");
        fixture.clock.advance(Duration.ofMinutes(6));
        fixture.sealer.seal();
        assertEquals(2, database.statements(fixture.sealer::seal));
        fixture.append(1);
        assertEquals(1, fixture.sealer.seal());
        assertTrue(fixture.verify().intact());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void nothingIsForgottenWhereNobodySealedForLongOrTheClockWasSet(Database database) {
        AuditFixture fixture = new AuditFixture(database);
        fixture.sealer.seal();
        fixture.append(3);
        fixture.clock.advance(Duration.ofHours(2));
        fixture.append(1);
        assertEquals(4, fixture.sealer.seal());
        fixture.append(1);
        fixture.clock.advance(Duration.ofHours(-1));
        fixture.append(1);
        assertEquals(2, fixture.sealer.seal());
        assertTrue(fixture.verify().intact());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void nodesThatSealAtOnceMakeOneChain(Database database) throws Exception {
        AuditFixture fixture = new AuditFixture(database);
        fixture.append(900);
        ExecutorService nodes = Executors.newFixedThreadPool(3);
        try {
            List<Callable<Integer>> passes = new ArrayList<>();
            for (int node = 0; node < 3; node++) {
                passes.add(fixture.sealer()::seal);
            }
            int sealed = 0;
            for (Future<Integer> pass : nodes.invokeAll(passes)) {
                sealed += pass.get();
            }
            assertEquals(900, sealed);
        } finally {
            nodes.shutdownNow();
        }
        assertTrue(fixture.verify().intact());
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void anEntryStandsOrFallsWithItsTransaction(Database database) {
        AuditFixture fixture = new AuditFixture(database);
        AuditTrail.Entry entry = AuditTrail.Entry.viewed("board", "session", List.of(), List.of());
        assertThrows(IllegalStateException.class, () -> database.transactions().runInNew(() -> {
            fixture.trail.record(DESK, entry);
            fixture.trail.recordApart(
                    DESK, new AuditTrail.Entry("REFUSED", "board", "session", List.of(), List.of(), "DENIED", ""));
            throw new IllegalStateException("rolls back");
        }));
        assertEquals(1, fixture.sealer.seal(), "the refusal, which has a transaction of its own");
        assertThrows(RuntimeException.class, () -> fixture.trail.record(DESK, entry), "outside any transaction");
        assertEquals(1, database.statements(() -> fixture.trail.recordApart(DESK, entry)));
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void administratorsReadWithoutPatientsAndLeadsByPatient(Database database) {
        AuditFixture fixture = new AuditFixture(database);
        fixture.append(12);
        AuditReview review = fixture.review();
        var from = fixture.clock.instant().minus(Duration.ofDays(1));
        var to = fixture.clock.instant().plus(Duration.ofDays(1));

        AuditReview.Page all = review.everything(ADMINISTRATOR, from, to, "", 0, 50);
        assertEquals(12, all.total());
        assertTrue(all.lines().stream().allMatch(line -> line.subjectIds().isEmpty()));

        AuditReview.Page one = review.ofPatient(LEAD, 1, from, to, 0, 50);
        assertEquals(1, one.total(), "not those of patients 10, 11 and 12");
        assertEquals(List.of(10L), one.lines().get(0).subjectIds());
        assertEquals(2, review.ofPatient(LEAD, 1, from, to, 0, 50).total(), "reading it is on record too");

        new Gate(fixture.trail).refuse(DESK, "see a patient", "patient", List.of(1L));
        database.transactions()
                .runInNew(() -> fixture.trail.record(
                        DESK,
                        new AuditTrail.Entry(
                                "CONSENTED", "patient/consents", "consent", List.of(1L), List.of(1L), "OK", "")));
        assertEquals(
                List.of("CONSENTED", "REFUSED"),
                review.ofPatient(LEAD, 1, from, to, 0, 2).lines().stream()
                        .map(AuditReview.Line::action)
                        .toList(),
                "what was refused is on record with the patient too");
        assertTrue(
                review.everything(ADMINISTRATOR, from, to, "", 0, 50).lines().stream()
                        .allMatch(line -> line.subjectIds().isEmpty()),
                "whatever leads to a patient");

        assertThrows(NotAllowed.class, () -> review.everything(LEAD, from, to, "", 0, 50));
        assertThrows(NotAllowed.class, () -> review.ofPatient(ADMINISTRATOR, 1, from, to, 0, 50));
        assertThrows(NotAllowed.class, () -> review.ofPatient(DESK, 1, from, to, 0, 50));
        assertThrows(NotAllowed.class, () -> fixture.verifier().verify(LEAD, null));
    }

    private static AuditFixture sealed(Database database, int entries) {
        AuditFixture fixture = new AuditFixture(database);
        sealedAgain(fixture, entries);
        return fixture;
    }

    private static void sealedAgain(AuditFixture fixture, int entries) {
        fixture.database.clean();
        fixture.append(entries);
        fixture.sealer().seal();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
