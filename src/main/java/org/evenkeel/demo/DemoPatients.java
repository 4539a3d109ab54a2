package org.evenkeel.demo;

import jakarta.persistence.EntityManager;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.evenkeel.demo.DemoPlaces.Place;
import org.evenkeel.demo.DemoStaff.Worker;
import org.evenkeel.patient.Contact;
import org.evenkeel.patient.Contacts;
import org.evenkeel.patient.Patient;
import org.evenkeel.patient.Patient.Gender;
import org.evenkeel.therapist.Therapist;

/** Two hundred patients, with the names that software gets wrong among them; none of them exists. */
final class DemoPatients {
    static final int COUNT = 200;

    /** Of them, so many are seen at Harbor House. */
    private static final int AT_HARBOR = 122;

    /** The last so many have been admitted and not booked for yet. */
    private static final int NOT_YET_BOOKED = 9;

    private static final int DIED_AT = 40;
    private static final int LEFT_AT = 77;
    private static final int DAYS_SINCE_DEATH = 12;
    private static final int DAYS_SINCE_LEAVING = 18;

    private static final List<String> WOMEN = names(
            """
            Aaliyah Abigail Aïsha Alejandra Amara Ana Anaïs Anneliese Beatriz Brianna Camille Charlotte Chiara Chloë Claudia Deborah
            Denise Dolores Ebony Eleanor Esperanza Evelyn Fatima Fiona Frances Gabriela Gloria Guadalupe Heather Ingrid Irina
            Isabella Jacqueline Jasmine Joan Josephine Kateryna Keisha Latoya Lucía Mai Marguerite Maria Mary-Jane Meera Melissa
            Mónica Naomi Nicole Noor Olivia Patricia Priya Rachel Renée Rosa Ruth Saoirse Shanice Sinéad Siobhán Stella Teresa
            Thandiwe Ursula Valentina Wanda Ximena Yolanda Zoë""");
    private static final List<String> MEN = names(
            """
            Aaron Abdul Adrián Ahmed Alan Andre Ángel Anthony Benjamin Björn Brian Carl Cedric Christopher Curtis Darnell David
            DeShawn Diego Dmitri Dominic Dwayne Edward Eli Emeka Ernesto Femi François Gareth George Giovanni Gregory Hassan
            Hector Henry Ibrahim Ivan Jacob Jamal James Javier Jean-Paul Jesús João Joseph José Kenneth Kofi Kwame Lamar Leon
            Luca Malik Marcus Mateo Michael Miguel Nathan Nguyên Omar Oscar Paul Pedro Raúl Robert Samir Sean Søren Terrence
            Thomas Tyrone Víctor Walter Xavier Yusuf""");
    private static final List<String> FAMILIES = names(
            """
            Abubakar Acevedo Adeyemi Ahmadi Åkesson Alvarez Anderson Baker Banerjee Baptiste Begum Bianchi Blackhorse Brown Cabrera
            Campbell Castañeda Chen Clark Cohen Cruz D'Angelo D'Souza Davis DeLuca Diaz Dubois Edwards Estévez Fernández Flores
            Freeman Garcia Goldberg Gómez Gonzalez Gutiérrez Haile Harris Hernández Hill Hoang Hughes Ibáñez Jackson Jensen
            Johnson Jones Kaczmarek Kaur Khan Kim Kovač Kowalski Kruger Lavoie Leblanc Lewis Lopez Łukasik MacDonald Márquez
            Martinez McAllister Mendoza Mensah Miller Mitchell Moreau Morningstar Müller Muñoz Murphy Nguyễn N'Diaye Novak Núñez
            O'Brien O'Sullivan Ocampo Ødegaard Ortiz Osei Owens Papadopoulos Park Parker Pereira Petersen Phillips Ramírez
            Reyes Rivera Robinson Rodriguez Rossi Ryan Sánchez Santos Schäfer Scott Shah Silva Singh Smith Sørensen Stewart
            Suzuki Taylor Thompson Torres Tran Turner Valdez Vasquez Walker Washington Watanabe White Williams Wilson Wójcik
            Wright Yamamoto Yılmaz Young Zieliński Žižek""");
    private static final List<String> COMPOUND = List.of(
            "García Márquez", "Smith-Jones", "van der Berg", "de la Cruz", "Al-Rashid", "St. John", "Mac Giolla");
    private static final List<String> LANGUAGES = List.of("es", "es", "es", "pt", "vi", "fr", "ar", "pl", "ko", "zh");
    private static final List<String> STREETS = List.of(
            "Maple Street", "Orchard Lane", "Second Avenue", "River Road", "Elm Street", "Prospect Place", "Mill Lane");

    private final EntityManager entities;
    private final Contacts contacts;
    private final Random random;
    private final Set<String> used = new HashSet<>();

    DemoPatients(EntityManager entities, Contacts contacts, Random random) {
        this.entities = entities;
        this.contacts = contacts;
        this.random = random;
    }

    /**
     * A patient with what the timetable needs to know.
     *
     * @param lastDay sessions end with it: they died, or left
     */
    record Client(Patient patient, Place place, Worker primary, LocalDate lastDay, boolean isBooked) {}

    List<Client> persist(DemoPlaces places, List<Worker> workers, Instant now) {
        List<Client> clients = new ArrayList<>();
        Map<Therapist, Integer> caseloads = new HashMap<>();
        for (int i = 0; i < COUNT; i++) {
            Place place = i < AT_HARBOR ? places.harbor() : places.mesa();
            Client client = client(i, place, leastBusy(place, workers, caseloads), place.today(now));
            entities.persist(client.patient());
            clients.add(client);
        }
        entities.flush();
        for (int i = 0; i < COUNT; i++) {
            addContacts(i, clients.get(i));
        }
        entities.flush();
        keepApart(clients.get(3).patient(), clients.get(19).patient());
        return clients;
    }

    private Client client(int index, Place place, Worker primary, LocalDate today) {
        boolean woman = random.nextBoolean();
        Patient patient = named(index, woman, today);
        LocalDate birth = patient.birthDate().orElseThrow();
        boolean other = random.nextInt(40) == 0;
        String language = random.nextInt(5) == 0 ? pick(LANGUAGES) : "en";
        boolean assigned = random.nextInt(20) > 0;
        patient.describe(
                birth,
                other ? Gender.OTHER : woman ? Gender.FEMALE : Gender.MALE,
                language,
                assigned ? primary.therapist().id() : null);
        LocalDate lastDay = LocalDate.MAX;
        if (index == DIED_AT) {
            lastDay = today.minusDays(DAYS_SINCE_DEATH);
            patient.died(lastDay);
        } else if (index == LEFT_AT) {
            lastDay = today.minusDays(DAYS_SINCE_LEAVING);
            patient.activate(false);
        }
        return new Client(patient, place, primary, lastDay, index < COUNT - NOT_YET_BOOKED);
    }

    private Patient named(int index, boolean woman, LocalDate today) {
        LocalDate birth = today.minusYears(18L + random.nextInt(52)).minusDays(random.nextInt(365));
        String number = String.format(Locale.ROOT, "EK-%04d", 1001 + index);
        if (index == 10 || index == 150) {
            return new Patient(number, "Maria", "Garcia", birth);
        }
        String given;
        String family;
        do {
            given = pick(woman ? WOMEN : MEN);
            family = index % 25 == 4 ? pick(COMPOUND) : pick(FAMILIES);
        } while (!used.add(given + " " + family) || (given + family).equals("MariaGarcia"));
        return new Patient(number, given, family, birth);
    }

    /** Among those who mostly work at the place, whoever has the fewest primary patients for their hours. */
    private static Worker leastBusy(Place place, List<Worker> workers, Map<Therapist, Integer> caseloads) {
        Worker least = null;
        double best = Double.MAX_VALUE;
        for (Worker worker : workers) {
            long blocks = worker.blocks().stream()
                    .filter(b -> b.place().equals(place))
                    .count();
            double load =
                    blocks == 0 ? Double.MAX_VALUE : caseloads.getOrDefault(worker.therapist(), 0) / (double) blocks;
            if (load < best) {
                best = load;
                least = worker;
            }
        }
        Worker chosen = java.util.Objects.requireNonNull(least);
        caseloads.merge(chosen.therapist(), 1, Integer::sum);
        return chosen;
    }

    private void addContacts(int index, Client client) {
        Patient patient = client.patient();
        String area = client.place().site().zone().getId().endsWith("Denver") ? "303" : "617";
        // Every thirtieth shares a phone with the one before.
        int line = index % 30 == 29 ? index - 1 : index;
        contacts.add(
                patient.id(),
                new Contact(Contact.Kind.PHONE, String.format(Locale.ROOT, "(%s) 555-%04d", area, 100 + line)));
        if (random.nextInt(4) > 0) {
            String local = plain(patient.givenName()) + "." + plain(patient.familyName());
            contacts.add(patient.id(), new Contact(Contact.Kind.EMAIL, local + "@example.org"));
        }
        if (random.nextInt(2) == 0) {
            contacts.add(
                    patient.id(), new Contact(Contact.Kind.ADDRESS, (1 + random.nextInt(200)) + " " + pick(STREETS)));
        }
    }

    private static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z]", "");
    }

    private void keepApart(Patient one, Patient other) {
        entities.createNativeQuery("insert into keep_apart (patient_id, other_id) values (?1, ?2)")
                .setParameter(1, Math.min(one.id(), other.id()))
                .setParameter(2, Math.max(one.id(), other.id()))
                .executeUpdate();
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static List<String> names(String text) {
        return List.of(text.strip().split("\\s+", -1));
    }
}
