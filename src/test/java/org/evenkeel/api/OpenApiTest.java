package org.evenkeel.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.evenkeel.audit.AuditVerifier;
import org.evenkeel.modality.Modality;
import org.evenkeel.series.Series;
import org.evenkeel.session.ParticipantState;
import org.evenkeel.session.Rule;
import org.evenkeel.session.SessionState;
import org.evenkeel.therapist.Therapist;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;

/** The description of the API says what the API is. */
class OpenApiTest {

    private static final Map<String, Class<? extends Record>> RECORDS = Map.ofEntries(
            Map.entry("Session", SessionDocument.class),
            Map.entry("SessionSite", SessionDocument.Site.class),
            Map.entry("Participant", SessionDocument.Participant.class),
            Map.entry("SessionPatient", SessionDocument.Patient.class),
            Map.entry("Told", SessionDocument.Told.class),
            Map.entry("SessionList", SessionList.class),
            Map.entry("Series", SeriesDocument.class),
            Map.entry("SeriesDate", SeriesDocument.Date.class),
            Map.entry("SeriesEnrolment", SeriesDocument.Enrolment.class),
            Map.entry("SeriesList", SeriesList.class),
            Map.entry("SeriesItem", SeriesList.Item.class),
            Map.entry("SeriesPlan", SeriesPlanDocument.class),
            Map.entry("PlannedDate", SeriesPlanDocument.Date.class),
            Map.entry("Waitlist", WaitlistDocument.class),
            Map.entry("WaitlistItem", WaitlistDocument.Item.class),
            Map.entry("FreeTimes", FreeTimesDocument.class),
            Map.entry("FreeTime", FreeTimeDocument.class),
            Map.entry("Relax", FreeTimesDocument.Relax.class),
            Map.entry("TherapistList", TherapistList.class),
            Map.entry("Therapist", TherapistList.Item.class),
            Map.entry("RoomList", RoomList.class),
            Map.entry("Room", RoomList.Item.class),
            Map.entry("ModalityList", ModalityList.class),
            Map.entry("Modality", ModalityList.Item.class),
            Map.entry("SiteList", SiteList.class),
            Map.entry("Site", SiteList.Item.class),
            Map.entry("PatientList", PatientList.class),
            Map.entry("Patient", PatientList.Item.class),
            Map.entry("Ref", Ref.class),
            Map.entry("AuditVerification", AuditVerifier.Verification.class),
            Map.entry("Problem", Problem.class),
            Map.entry("BlockedBy", Problem.BlockedByDocument.class),
            Map.entry("Refusal", Problem.RefusalDocument.class),
            Map.entry("Alternatives", Problem.AlternativesDocument.class));

    private static final Map<String, Class<? extends Enum<?>>> CONSTANTS = Map.of(
            "Rule", Rule.class,
            "Severity", Rule.Severity.class,
            "SessionState", SessionState.class,
            "ParticipantState", ParticipantState.class,
            "TherapistGender", Therapist.Gender.class,
            "ModalityFormat", Modality.Format.class,
            "Counting", Series.Counting.class);

    /** What is only ever sent, and what is no record. */
    private static final Set<String> OTHERS = Set.of(
            "Next",
            "BookSession",
            "ChangeSession",
            "CancelSession",
            "Override",
            "AddGuest",
            "MarkAttendance",
            "MarkAllAttendance",
            "CreateSeries",
            "Enrol",
            "JoinWaitlist");

    private static final Map<String, Object> DOCUMENT = read();

    private static Map<String, Object> read() {
        try (InputStream yaml = OpenApiTest.class.getResourceAsStream("/META-INF/openapi.yaml")) {
            assertNotNull(yaml);
            return new Yaml().load(yaml);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void describesEveryResourceAndNothingElse() {
        Set<String> described = new TreeSet<>();
        map(DOCUMENT, "paths").forEach((path, item) -> object(item).keySet().stream()
                .filter(method -> !method.equals("parameters"))
                .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        Set<String> offered = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.evenkeel.api").stream()
                        .map(JavaClass::reflect)
                        .filter(type -> type.isAnnotationPresent(Path.class))
                        .flatMap(OpenApiTest::operations)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(offered, described);
    }

    private static Stream<String> operations(Class<?> resource) {
        return Arrays.stream(resource.getDeclaredMethods()).flatMap(method -> methods(method)
                .map(verb -> verb + " /api/"
                        + Stream.of(resource.getAnnotation(Path.class), method.getAnnotation(Path.class))
                                .filter(path -> path != null)
                                .map(path -> path.value().replaceAll("^/", ""))
                                .collect(Collectors.joining("/"))));
    }

    private static Stream<String> methods(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                .map(type -> type.getAnnotation(HttpMethod.class).value());
    }

    @TestFactory
    Stream<DynamicTest> schemasHaveTheComponentsOfTheirRecords() {
        return RECORDS.entrySet().stream()
                .map(record -> DynamicTest.dynamicTest(
                        record.getKey(),
                        () -> assertEquals(
                                Arrays.stream(record.getValue().getRecordComponents())
                                        .map(RecordComponent::getName)
                                        .toList(),
                                List.copyOf(map(schema(record.getKey()), "properties")
                                        .keySet()))));
    }

    @TestFactory
    Stream<DynamicTest> schemasHaveTheConstantsOfTheirEnums() {
        return CONSTANTS.entrySet().stream()
                .map(constants -> DynamicTest.dynamicTest(
                        constants.getKey(),
                        () -> assertEquals(
                                Arrays.stream(constants.getValue().getEnumConstants())
                                        .map(Enum::name)
                                        .toList(),
                                schema(constants.getKey()).get("enum"))));
    }

    @Test
    void everySchemaIsHeldAgainstItsType() {
        Set<String> held = new TreeSet<>(RECORDS.keySet());
        held.addAll(CONSTANTS.keySet());
        held.addAll(OTHERS);
        assertEquals(
                held, new TreeSet<>(map(map(DOCUMENT, "components"), "schemas").keySet()));
    }

    @Test
    void everyOperationSaysWhatItDoesAndWhatMayGoWrong() {
        map(DOCUMENT, "paths").forEach((path, item) -> object(item).forEach((method, operation) -> {
            if (!method.equals("parameters")) {
                String name = method + " " + path;
                Map<String, Object> described = object(operation);
                assertFalse(String.valueOf(described.get("summary")).isBlank(), name);
                assertTrue(described.containsKey("operationId"), name);
                Map<String, Object> responses = map(described, "responses");
                assertTrue(responses.containsKey("401"), name);
                assertEquals(
                        Map.of("$ref", "#/components/responses/Unavailable"),
                        responses.get("503"),
                        name + " needs the database");
                assertTrue(responses.containsKey("200") || responses.containsKey("201"), name);
            }
        }));
    }

    @Test
    void whoeverFindsTheDatabaseAwayIsToldWhenToTryAgain() {
        Map<String, Object> unavailable = map(map(map(DOCUMENT, "components"), "responses"), "Unavailable");
        assertTrue(map(unavailable, "headers").containsKey("Retry-After"));
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertTrue(references(DOCUMENT).count() > 100);
        references(DOCUMENT).distinct().forEach(reference -> {
            Object at = DOCUMENT;
            for (String step : reference.substring("#/".length()).split("/", -1)) {
                at = object(at).get(step);
                assertNotNull(at, reference);
            }
        });
    }

    private static Stream<String> references(Object node) {
        if (node instanceof Map<?, ?> map) {
            Object reference = map.get("$ref");
            return Stream.concat(
                    reference == null ? Stream.empty() : Stream.of(reference.toString()),
                    map.values().stream().flatMap(OpenApiTest::references));
        }
        return node instanceof List<?> list ? list.stream().flatMap(OpenApiTest::references) : Stream.empty();
    }

    private static Map<String, Object> schema(String name) {
        return map(map(map(DOCUMENT, "components"), "schemas"), name);
    }

    private static Map<String, Object> map(Map<String, Object> outer, String name) {
        Object inner = outer.get(name);
        assertNotNull(inner, name);
        return object(inner);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }
}
