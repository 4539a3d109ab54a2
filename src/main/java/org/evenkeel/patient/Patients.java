package org.evenkeel.patient;

import static java.util.stream.Collectors.toSet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.evenkeel.shared.Sql;

/** All patients. Nothing here checks who asks: {@link PatientRegister} does. */
@ApplicationScoped
public class Patients {
    static final String BY_NAME = "order by pa.family_search_name, pa.search_name, pa.id";

    private EntityManager entities;
    private Caseload caseload;
    private Clock clock;

    @SuppressWarnings("NullAway.Init")
    protected Patients() {}

    @Inject
    public Patients(EntityManager entities, Caseload caseload, Clock clock) {
        this.entities = entities;
        this.caseload = caseload;
        this.clock = clock;
    }

    /** Adds a patient; one without a record number is given a free one. */
    public void add(Patient patient) {
        addAll(List.of(patient));
    }

    /** As {@link #add}, with one look at the record numbers for all. */
    void addAll(Collection<Patient> added) {
        added.forEach(entities::persist);
        List<Patient> unnumbered = added.stream()
                .filter(patient -> patient.recordNumber().isEmpty())
                .toList();
        Set<String> taken =
                withRecordNumbers(unnumbered.stream()
                                .map(patient -> Patient.numberFor(patient.id()))
                                .toList())
                        .stream()
                        .map(patient -> patient.recordNumber().toUpperCase(Locale.ROOT))
                        .collect(toSet());
        for (Patient patient : unnumbered) {
            String number = Patient.numberFor(patient.id());
            // Somebody typed or imported this very number: the id still makes it unique.
            patient.number(taken.contains(number) ? number + "-" + patient.id() : number);
        }
    }

    public Optional<Patient> find(long id) {
        return Optional.ofNullable(entities.find(Patient.class, id));
    }

    /** In any case of letters. */
    public Optional<Patient> byRecordNumber(String number) {
        return withRecordNumbers(List.of(number)).stream().findFirst();
    }

    List<Patient> withRecordNumbers(Collection<String> numbers) {
        return numbers.isEmpty()
                ? List.of()
                : entities.createQuery("select p from Patient p where upper(p.recordNumber) in :numbers", Patient.class)
                        .setParameter(
                                "numbers",
                                numbers.stream()
                                        .map(number -> number.toUpperCase(Locale.ROOT))
                                        .toList())
                        // New patients must not be written before they have their numbers.
                        .setFlushMode(FlushModeType.COMMIT)
                        .getResultList();
    }

    List<Patient> withExternalIds(Collection<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : entities.createQuery("select p from Patient p where p.externalId in :ids", Patient.class)
                        .setParameter("ids", ids)
                        .getResultList();
    }

    List<Patient> bornOn(Collection<LocalDate> dates) {
        return dates.isEmpty()
                ? List.of()
                : entities.createQuery(
                                "select p from Patient p where p.birthDate in :dates order by p.id", Patient.class)
                        .setParameter("dates", dates)
                        .getResultList();
    }

    /** @param searchNames as {@link Patient#searchable} makes them */
    List<Patient> namedWithoutBirthDate(Collection<String> searchNames) {
        return searchNames.isEmpty()
                ? List.of()
                : entities.createQuery(
                                "select p from Patient p where p.searchName in :names and p.birthDate is null order by p.id",
                                Patient.class)
                        .setParameter("names", searchNames)
                        .getResultList();
    }

    /** Those whose name is one of these, given before family or the other way round. */
    List<Patient> named(String searchName, String swapped) {
        return entities.createQuery(
                        "select p from Patient p where p.searchName in (:name, :swapped) order by p.id", Patient.class)
                .setParameter("name", searchName)
                .setParameter("swapped", swapped)
                .getResultList();
    }

    List<PatientRow> search(SearchWords words, Reach reach, int first, int limit) {
        return rows(where(select(entities), words, reach)
                .add(BY_NAME)
                .add("offset ? rows fetch next ? rows only", first, limit));
    }

    long count(SearchWords words, Reach reach) {
        return where(Sql.on(entities).add("select count(*) from patient pa"), words, reach)
                .first(row -> row.id(1))
                .orElse(0L);
    }

    /** What {@link #rows} reads, of patients that are called pa. */
    static Sql select(EntityManager entities) {
        return Sql.on(entities)
                .add(
                        "select pa.id, pa.record_number, pa.given_name, pa.family_name, pa.birth_date, pa.died_on, pa.active"
                                + " from patient pa");
    }

    static List<PatientRow> rows(Sql query) {
        return query.list(row -> new PatientRow(
                row.id(1),
                row.text(2),
                row.text(3) + " " + row.text(4),
                row.dateOrNull(5),
                row.dateOrNull(6),
                row.flag(7) && row.dateOrNull(6) == null));
    }

    private Sql where(Sql query, SearchWords words, Reach reach) {
        Long therapist = reach.therapistId();
        if (therapist == null) {
            query.add("where 1 = 1");
        } else {
            caseload.restrict(query, "where", therapist);
        }
        if (words.isEmpty()) {
            return reach.bySearchOnly() ? query.add("and 1 = 0") : query;
        }
        query.add("and (pa.family_search_name = ? or upper(pa.record_number) = ?", words.whole(), words.recordNumber());
        if (!words.parts().isEmpty() && (words.meansPartOfName() || !reach.bySearchOnly())) {
            query.add("or (1 = 1");
            words.patterns().forEach(pattern -> query.add("and pa.search_name like ? escape '!'", pattern));
            query.add(")");
        }
        return query.add(")");
    }

    /** Sessions that are still to come. */
    long sessionsAhead(long patientId) {
        return Sql.on(entities)
                .add(
                        "select count(*) from participant a join session s on s.id = a.session_id where a.patient_id = ?",
                        patientId)
                .add("and s.state = 'BOOKED' and a.state <> 'CANCELLED' and s.starts_at > ?", clock.instant())
                .first(row -> row.id(1))
                .orElse(0L);
    }
}
