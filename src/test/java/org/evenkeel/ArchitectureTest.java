package org.evenkeel;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.evenkeel.shared.ClockProducer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The allow-list of arrows between packages. A rule that matches no class fails, and so does a package that has no rule. */
class ArchitectureTest {
    private static final String ROOT = "org.evenkeel.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.evenkeel");

    /** What everybody may use: who asks, what goes on record, what the application stands on. */
    private static final Set<String> BASE = Set.of("shared", "platform", "identity", "audit");

    /** What sessions are made of. */
    private static final Set<String> THINGS = Set.of("site", "modality", "therapist", "patient");

    private static final Set<String> FEATURES = union(
            BASE,
            THINGS,
            Set.of("availability", "session", "series", "reminder", "board", "roster", "feed", "digest", "demo"));

    /** Which packages each one may use, beside itself. */
    private static final Map<String, Set<String>> ALLOWED = new TreeMap<>(Map.ofEntries(
            Map.entry("shared", Set.of()),
            Map.entry("platform", Set.of("shared")),
            Map.entry("platform.web", Set.of("shared", "platform")),
            Map.entry("identity", BASE),
            Map.entry("audit", BASE),
            Map.entry("site", BASE),
            Map.entry("modality", BASE),
            Map.entry("therapist", union(BASE, Set.of("site", "modality"))),
            Map.entry("patient", union(BASE, Set.of("therapist"))),
            Map.entry("availability", Set.of("shared")),
            Map.entry("session", union(BASE, THINGS, Set.of("availability"))),
            Map.entry("series", union(BASE, THINGS, Set.of("availability", "session"))),
            Map.entry("reminder", union(BASE, THINGS, Set.of("session", "series"))),
            Map.entry("board", union(BASE, THINGS, Set.of("session", "series"))),
            Map.entry("roster", union(BASE, THINGS, Set.of("session", "series"))),
            Map.entry("feed", union(BASE, THINGS, Set.of("session", "series", "roster"))),
            Map.entry("digest", union(BASE, THINGS, Set.of("session", "series", "roster", "reminder"))),
            Map.entry("demo", union(BASE, THINGS, Set.of("availability", "session", "series", "reminder"))),
            Map.entry("api", FEATURES)));

    @TestFactory
    Stream<DynamicTest> arrowsGoOneWay() {
        return packages().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> ruleOf(name).check(CLASSES)));
    }

    @Test
    void everyPackageHasItsRule() {
        Set<String> withoutRule = new TreeSet<>(packages());
        withoutRule.removeIf(name -> name.endsWith(".web"));
        assertEquals(new TreeSet<>(), difference(withoutRule, ALLOWED.keySet()), "add it to the allow-list");
        assertEquals(new TreeSet<>(), difference(ALLOWED.keySet(), packages()), "a rule that matches nothing");
    }

    @Test
    void onlyTheClockProducerReadsTheClock() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ClockProducer.class.getName())
                .should()
                .accessTargetWhere(readsClockOrZoneOfTheSystem())
                .because("tests move the clock, and zones belong to sites")
                .check(CLASSES);
    }

    @Test
    void theClockProducerReadsTheClock() {
        classes()
                .that()
                .haveFullyQualifiedName(ClockProducer.class.getName())
                .should()
                .accessTargetWhere(readsClockOrZoneOfTheSystem())
                .because("the rule above must match something")
                .check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes()
                .should(new NullMarkedPackage())
                .because("NullAway checks marked packages alone")
                .check(CLASSES);
    }

    private static ArchRule ruleOf(String name) {
        Set<String> allowed = new TreeSet<>(allowed(name));
        allowed.add(name);
        return noClasses()
                .that()
                .resideInAPackage(ROOT + name)
                .should()
                .dependOnClassesThat(ofOurs().and(DescribedPredicate.not(in(allowed))))
                .because(name + " may use " + allowed);
    }

    /** Pages sit on top of all features; they may be put together of each other's along the arrows of their features. */
    private static Set<String> allowed(String name) {
        if (ALLOWED.containsKey(name)) {
            return ALLOWED.get(name);
        }
        Set<String> webs = new TreeSet<>();
        ALLOWED.getOrDefault(name.replace(".web", ""), Set.of()).forEach(feature -> webs.add(feature + ".web"));
        return union(FEATURES, webs);
    }

    private static DescribedPredicate<JavaClass> ofOurs() {
        return resideInAPackage("org.evenkeel..");
    }

    private static DescribedPredicate<JavaClass> in(Set<String> allowed) {
        return DescribedPredicate.describe("in " + allowed, type -> allowed.contains(nameOf(type)));
    }

    /** All packages that hold classes, without the root: {@code session}, {@code session.web}, ... */
    private static Set<String> packages() {
        Set<String> names = new TreeSet<>();
        CLASSES.stream()
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .forEach(type -> names.add(nameOf(type)));
        return names;
    }

    private static String nameOf(JavaClass type) {
        return type.getPackageName()
                .substring(Math.min(ROOT.length(), type.getPackageName().length()));
    }

    private static DescribedPredicate<JavaAccess<?>> readsClockOrZoneOfTheSystem() {
        return DescribedPredicate.describe("reads the clock or the zone of the system", access -> {
            AccessTarget target = access.getTarget();
            JavaClass owner = target.getOwner();
            boolean now = target.getName().equals("now")
                    && owner.getPackageName().equals("java.time")
                    && target.getFullName().indexOf(Clock.class.getName() + ")") < 0;
            boolean clock = owner.isEquivalentTo(Clock.class)
                    && (target.getName().startsWith("system")
                            || target.getName().startsWith("tick"));
            boolean millis =
                    owner.isEquivalentTo(System.class) && target.getName().equals("currentTimeMillis");
            boolean zone = owner.isEquivalentTo(ZoneId.class)
                            && target.getName().equals("systemDefault")
                    || owner.isEquivalentTo(TimeZone.class) && target.getName().equals("getDefault");
            boolean old = owner.isEquivalentTo(Date.class)
                            && target.getFullName().endsWith("<init>()")
                    || owner.isEquivalentTo(Calendar.class) && target.getName().equals("getInstance");
            return now || clock || millis || zone || old;
        });
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        Set<String> union = new TreeSet<>();
        List.of(sets).forEach(union::addAll);
        return union;
    }

    private static Set<String> difference(Set<String> from, Set<String> without) {
        List<String> rest = new ArrayList<>(from);
        rest.removeAll(without);
        return new TreeSet<>(rest);
    }
}
