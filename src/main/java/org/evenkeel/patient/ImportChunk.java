package org.evenkeel.patient;

import static java.util.stream.Collectors.toMap;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.evenkeel.patient.ImportOutcome.Kind;
import org.evenkeel.shared.Difference;
import org.evenkeel.shared.Phrases;
import org.jspecify.annotations.Nullable;

/**
 * Some lines of a file against the patients that there are, in one transaction and a fixed number of statements. A line means the
 * patient with its id in the other system, else with its record number, else, if it has neither, with its name and birth date.
 */
final class ImportChunk {
    private final Patients patients;
    private final Contacts contacts;
    private final boolean dryRun;
    private final Phrases phrases;

    private final Map<String, Patient> byExternalId;
    private final Map<String, Patient> byNumber;
    private final Map<String, List<Patient>> byNameAndBirth = new HashMap<>();
    private final Map<Patient, ImportLine> created = new LinkedHashMap<>();
    private final List<Long> changed = new ArrayList<>();

    ImportChunk(Patients patients, Contacts contacts, List<ImportLine> lines, ImportOptions options) {
        this.patients = patients;
        this.contacts = contacts;
        this.dryRun = options.dryRun();
        this.phrases = Phrases.in(options.locale());
        byExternalId = patients.withExternalIds(filled(lines.stream().map(ImportLine::externalId))).stream()
                .collect(toMap(patient -> patient.externalId().orElse(""), patient -> patient));
        byNumber = patients.withRecordNumbers(filled(lines.stream().map(ImportLine::recordNumber))).stream()
                .collect(toMap(patient -> upper(patient.recordNumber()), patient -> patient));
        List<LocalDate> births = lines.stream()
                .map(ImportLine::birthDate)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        List<String> namesAlone = lines.stream()
                .filter(line -> line.birthDate() == null)
                .map(ImportLine::searchName)
                .distinct()
                .toList();
        Stream.of(patients.bornOn(births), patients.namedWithoutBirthDate(namesAlone))
                .flatMap(Collection::stream)
                .forEach(patient -> byNameAndBirth
                        .computeIfAbsent(nameAndBirth(patient), any -> new ArrayList<>())
                        .add(patient));
    }

    private static List<String> filled(Stream<String> values) {
        return values.filter(value -> !value.isEmpty()).distinct().toList();
    }

    private static String upper(String number) {
        return number.toUpperCase(Locale.ROOT);
    }

    private static String nameAndBirth(Patient patient) {
        return Patient.searchable(patient.displayName()) + " "
                + patient.birthDate().orElse(null);
    }

    /** Tells what becomes of each line; unless this is a dry run, makes it so. */
    List<ImportOutcome> apply(List<ImportLine> lines) {
        Map<ImportLine, Match> matches =
                lines.stream().collect(toMap(line -> line, this::match, (one, other) -> one, LinkedHashMap::new));
        Map<Long, Set<String>> lookups = contacts.lookups(matches.values().stream()
                .map(Match::patient)
                .filter(Objects::nonNull)
                .map(Patient::id)
                .toList());
        List<ImportOutcome> outcomes = new ArrayList<>();
        matches.forEach((line, match) -> outcomes.add(outcome(line, match, lookups)));
        if (!dryRun) {
            patients.addAll(created.keySet());
            created.forEach((patient, line) -> line.contacts().forEach(contact -> contacts.add(patient.id(), contact)));
        }
        return outcomes;
    }

    /** Those who are new; in a dry run, none. */
    List<Long> createdIds() {
        return dryRun ? List.of() : created.keySet().stream().map(Patient::id).toList();
    }

    /** Those who were changed; in a dry run, none. */
    List<Long> changedIds() {
        return List.copyOf(changed);
    }

    /** Whom a line means, or why that cannot be told; neither if the patient is new. */
    private record Match(@Nullable Patient patient, @Nullable String problem) {}

    private Match match(ImportLine line) {
        Patient byId = byExternalId.get(line.externalId());
        Patient numbered = byNumber.get(upper(line.recordNumber()));
        if (byId != null) {
            boolean sameNumber =
                    line.recordNumber().isEmpty() || upper(line.recordNumber()).equals(upper(byId.recordNumber()));
            return sameNumber
                    ? new Match(byId, null)
                    : new Match(null, phrases.of("patient.import.otherNumber", byId.recordNumber()));
        }
        if (numbered != null) {
            boolean foreign =
                    !line.externalId().isEmpty() && numbered.externalId().isPresent();
            return foreign ? new Match(null, phrases.of("patient.import.otherId")) : new Match(numbered, null);
        }
        if (!line.externalId().isEmpty() || !line.recordNumber().isEmpty()) {
            return new Match(null, null);
        }
        List<Patient> namesakes = namesakes(line);
        return namesakes.size() > 1
                ? new Match(null, phrases.of("patient.import.namesakes", namesakes.size()))
                : new Match(namesakes.isEmpty() ? null : namesakes.get(0), null);
    }

    private List<Patient> namesakes(ImportLine line) {
        return byNameAndBirth.getOrDefault(line.searchName() + " " + line.birthDate(), List.of());
    }

    private ImportOutcome outcome(ImportLine line, Match match, Map<Long, Set<String>> lookups) {
        if (match.problem() != null) {
            return ImportOutcome.refused(line.number(), line.displayName(), match.problem());
        }
        Patient patient = match.patient();
        return patient == null ? create(line) : change(line, patient, lookups.getOrDefault(patient.id(), Set.of()));
    }

    private ImportOutcome create(ImportLine line) {
        PatientDetails details = line.asNew();
        Patient patient =
                new Patient(details.recordNumber(), details.givenName(), details.familyName(), details.birthDate());
        patient.describe(details);
        if (!line.externalId().isEmpty()) {
            patient.imported(line.externalId());
        }
        created.put(patient, line);
        return new ImportOutcome(line.number(), Kind.CREATED, line.displayName(), remarks(line));
    }

    private String remarks(ImportLine line) {
        List<String> remarks = new ArrayList<>();
        if (line.diedOn() != null) {
            remarks.add(phrases.of("patient.import.diedOn", line.diedOn()));
        }
        namesakes(line).stream()
                .findFirst()
                .ifPresent(other -> remarks.add(phrases.of("patient.import.namesake", other.recordNumber())));
        return String.join("; ", remarks);
    }

    private ImportOutcome change(ImportLine line, Patient patient, Set<String> known) {
        PatientDetails before = patient.details(List.of());
        PatientDetails after = line.over(before);
        List<String> what = new ArrayList<>(Difference.between(before, after).stream()
                .map(difference -> phrases.of("patient.import.changed." + difference.field()))
                .toList());
        boolean newId = !line.externalId().isEmpty() && patient.externalId().isEmpty();
        List<Contact> added = line.contacts().stream()
                .filter(contact -> !known.contains(contacts.lookup(contact)))
                .distinct()
                .toList();
        if (newId) {
            what.add(phrases.of("patient.import.changed.externalId"));
        }
        added.forEach(contact -> what.add(phrases.of("patient.import.changed." + contact.kind())));
        if (what.isEmpty()) {
            return new ImportOutcome(
                    line.number(), Kind.SKIPPED, line.displayName(), phrases.of("patient.import.nothingNew"));
        }
        if (!dryRun) {
            patient.describe(after);
            if (newId) {
                patient.imported(line.externalId());
            }
            added.forEach(contact -> contacts.add(patient.id(), contact));
            changed.add(patient.id());
        }
        return new ImportOutcome(line.number(), Kind.CHANGED, line.displayName(), String.join(", ", what));
    }
}
