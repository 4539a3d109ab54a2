package org.evenkeel;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Holds for a class in whose package null is said explicitly. */
final class NullMarkedPackage extends ArchCondition<JavaClass> {

    NullMarkedPackage() {
        super("be in a @NullMarked package");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(new SimpleConditionEvent(type, marked, type.getName() + " is not in a @NullMarked package"));
    }
}
