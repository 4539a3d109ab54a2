package org.evenkeel.patient;

import static java.util.stream.Collectors.toSet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.Query;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All patients. Nothing here checks who asks: {@link PatientRegister} does. */
@ApplicationScoped
public class Patients {
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

    List<Patient> search(SearchWords words, Reach reach, int first, int limit) {
        List<Object> parameters = new ArrayList<>();
        String sql = "select p.* from patient p where " + condition(words, reach, parameters)
                + " order by p.family_search_name, p.search_name, p.id"
                + " offset ?" + (parameters.size() + 1) + " rows fetch next ?" + (parameters.size() + 2) + " rows only";
        parameters.add(first);
        parameters.add(limit);
        return filled(entities.createNativeQuery(sql, Patient.class), parameters).getResultList().stream()
                .map(Patient.class::cast)
                .toList();
    }

    long count(SearchWords words, Reach reach) {
        List<Object> parameters = new ArrayList<>();
        String sql = "select count(*) from patient p where " + condition(words, reach, parameters);
        return ((Number) filled(entities.createNativeQuery(sql), parameters).getSingleResult()).longValue();
    }

    /** Sessions that are still to come. */
    long sessionsAhead(long patientId) {
        return ((Number) entities.createNativeQuery(
                                "select count(*) from participant a join session s on s.id = a.session_id"
                                        + " where a.patient_id = ?1 and s.state = 'BOOKED' and a.state <> 'CANCELLED' and s.starts_at > ?2")
                        .setParameter(1, patientId)
                        .setParameter(2, clock.instant())
                        .getSingleResult())
                .longValue();
    }

    /** Made of fixed pieces; what was typed goes in as parameters. */
    private String condition(SearchWords words, Reach reach, List<Object> parameters) {
        StringBuilder sql = new StringBuilder();
        sql.append(inCaseload(reach.therapistId(), parameters));
        if (words.isEmpty()) {
            return sql.append(reach.bySearchOnly() ? " and 1 = 0" : "").toString();
        }
        sql.append(" and (p.family_search_name = ?").append(place(words.whole(), parameters));
        sql.append(" or upper(p.record_number) = ?").append(place(words.recordNumber(), parameters));
        if (words.meansPartOfName() || !reach.bySearchOnly()) {
            String separator = " or (";
            for (String pattern : words.patterns()) {
                sql.append(separator).append("p.search_name like ?").append(place(pattern, parameters));
                sql.append(" escape '!'");
                separator = " and ";
            }
            sql.append(words.parts().isEmpty() ? "" : ")");
        }
        return sql.append(")").toString();
    }

    private String inCaseload(@Nullable Long therapistId, List<Object> parameters) {
        if (therapistId == null) {
            return "1 = 1";
        }
        place(therapistId, parameters);
        place(caseload.since(), parameters);
        return Caseload.CONDITION;
    }

    private static int place(Object parameter, List<Object> parameters) {
        parameters.add(parameter);
        return parameters.size();
    }

    private static Query filled(Query query, List<Object> parameters) {
        for (int i = 0; i < parameters.size(); i++) {
            query.setParameter(i + 1, parameters.get(i));
        }
        return query;
    }
}
