package org.evenkeel.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.persistence.EntityManager;
import jakarta.persistence.metamodel.EntityType;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.evenkeel.modality.Modality;
import org.evenkeel.patient.Patient;
import org.evenkeel.shared.TimeSlot;
import org.evenkeel.site.ClosureDay;
import org.evenkeel.site.OpeningHours;
import org.evenkeel.site.Room;
import org.evenkeel.site.Site;
import org.evenkeel.therapist.Qualification;
import org.evenkeel.therapist.Therapist;
import org.evenkeel.therapist.TimeOff;
import org.evenkeel.therapist.WorkingHours;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The mappings of the entities fit the schema of the migrations. */
class SchemaTest {

    @ParameterizedTest
    @EnumSource(Database.class)
    void everyEntityCanBeQueried(Database database) {
        EntityManager entities = database.entityManager();
        Set<EntityType<?>> types = entities.getMetamodel().getEntities();
        assertTrue(types.size() >= 7, () -> "only " + types);
        for (EntityType<?> type : types) {
            List<?> all = entities.createQuery("select e from " + type.getName() + " e")
                    .setMaxResults(1)
                    .getResultList();
            assertNotNull(all);
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void placesAreStoredWithTheirHours(Database database) {
        database.clean();
        EntityManager entities = database.entityManager();
        OpeningHours monday = new OpeningHours(1, LocalTime.of(8, 0), LocalTime.MIDNIGHT);
        ClosureDay holiday = new ClosureDay(LocalDate.of(2026, 12, 25), "Christmas Day");
        Room room = database.transactions().inNew(() -> {
            Site site = new Site("North", ZoneId.of("America/New_York"), "555-0100");
            site.openAt(List.of(monday));
            site.closeOn(holiday);
            Room added = new Room(site, "101", 2, 10, false);
            entities.persist(site);
            entities.persist(added);
            return added;
        });
        database.transactions().runInNew(() -> {
            Site found = entities.find(Room.class, room.id()).site();
            assertEquals(Set.of(monday), found.openingHours());
            assertEquals(DayOfWeek.MONDAY, monday.dayOfWeek());
            assertEquals(Set.of(holiday), found.closureDays());
            assertEquals(ZoneId.of("America/New_York"), found.zone());
        });
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void peopleAreStoredWithWhatBelongsToThem(Database database) {
        database.clean();
        EntityManager entities = database.entityManager();
        TimeSlot leave = TimeSlot.of(Instant.parse("2026-11-01T05:30:00Z"), 60);
        Therapist therapist = database.transactions().inNew(() -> {
            Site site = new Site("North", ZoneId.of("America/New_York"), "555-0100");
            Modality modality = new Modality("CBT", "Cognitive behavioral therapy", Modality.Format.BOTH, 50);
            entities.persist(site);
            entities.persist(modality);
            Therapist added = new Therapist("Dr", "Jin", "Lee", Therapist.Gender.FEMALE);
            added.speak(List.of("en", "ko"));
            added.workAt(List.of(new WorkingHours(site.id(), 2, LocalTime.of(9, 30), LocalTime.of(17, 0))));
            added.qualify(new Qualification(added, modality.id(), LocalDate.of(2020, 1, 1), null));
            entities.persist(added);
            // Associations that are plain ids do not tell EclipseLink what to insert first.
            entities.flush();
            entities.persist(new TimeOff(added.id(), leave, "training"));
            Patient patient = new Patient("P-1", "Zoë", "Ångström", null);
            patient.describe(null, Patient.Gender.OTHER, "sv", added.id());
            entities.persist(patient);
            return added;
        });
        database.transactions().runInNew(() -> {
            Therapist found = entities.find(Therapist.class, therapist.id());
            assertEquals(Set.of("en", "ko"), found.languages());
            assertEquals(
                    LocalTime.of(9, 30), found.workingHours().iterator().next().startsAt());
            Qualification qualification = found.qualifications().iterator().next();
            assertTrue(qualification.validTo().isEmpty());
            TimeOff off = entities.createQuery("select t from TimeOff t", TimeOff.class)
                    .getSingleResult();
            assertEquals(leave, off.slot());
            Patient patient = entities.createQuery(
                            "select p from Patient p where p.searchName like :name", Patient.class)
                    .setParameter("name", "%angstrom%")
                    .getSingleResult();
            assertEquals(therapist.id(), patient.primaryTherapistId().orElseThrow());
            assertTrue(patient.birthDate().isEmpty());
        });
    }
}
