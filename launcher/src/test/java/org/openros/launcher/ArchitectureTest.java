// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** The arrows of docs/architecture.md: who may use whom. */
class ArchitectureTest {
    private static final String ROOT = "org.openros.";
    private static final String REPLICATION_LINK = ROOT + "replication.link..";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.openros");

    @ParameterizedTest
    @CsvSource({
        "domain,    ''",
        "protocol,  domain",
        "cluster,   domain",
        "link,      ''",
        "security,  domain",
        "changeset, domain",
        "merge,     changeset domain",
        "storage,   changeset domain",
        "replication, cluster domain",
        "replication.link, replication storage domain",
        "worker,    changeset merge storage replication protocol cluster consul link security domain",
        "core,      cluster consul security domain",
        "gateway,   protocol cluster consul link domain",
        "consul,    cluster domain",
        "launcher,  gateway core worker storage consul cluster domain",
    })
    void modulesUseOnlyWhatTheyMay(String module, String allowed) {
        String[] targets = (module + " " + allowed).strip().split(" ");
        for (int i = 0; i < targets.length; i++) {
            targets[i] = ROOT + targets[i] + "..";
        }
        noClasses().that(resideInModule(module))
                .should().dependOnClassesThat(resideInAPackage("org.openros..").and(not(resideInAnyPackage(targets))))
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"domain", "protocol", "changeset", "merge", "replication"})
    void rulesOfProtocolMergeAndReplicationStandAlone(String module) {
        noClasses().that(resideInModule(module))
                .should().dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "io.netty..", "io.grpc..", "reactor..", "org.rocksdb..")
                .check(CLASSES);
    }

    /** The adapter of replication is a module of its own inside of the package of its rules. */
    private static DescribedPredicate<JavaClass> resideInModule(String module) {
        DescribedPredicate<JavaClass> inside = resideInAPackage(ROOT + module + "..");
        return module.equals("replication") ? inside.and(not(resideInAPackage(REPLICATION_LINK))) : inside;
    }

    /**
     * Clocks that are wrong, or set, change no role and no order of entries (fault F9 of the group protocol): what
     * decides about them does not look at one. Times that people read are noted in one place.
     */
    @Test
    void nothingThatDecidesInAGroupLooksAtTheWallClock() {
        codeUnits().that().areDeclaredInClassesThat()
                .resideInAnyPackage(
                        ROOT + "replication..", ROOT + "storage..", ROOT + "cluster..", ROOT + "consul..",
                        ROOT + "worker.group..", ROOT + "merge..", ROOT + "changeset..")
                .and()
                .doNotHaveFullName("org.openros.worker.group.LockCalls.history(org.openros.cluster.group.GroupRecord)")
                .should(notLookAtTheWallClock())
                .check(CLASSES);
    }

    private static ArchCondition<JavaCodeUnit> notLookAtTheWallClock() {
        return new ArchCondition<>("not look at the wall clock") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                unit.getCallsFromSelf().stream()
                        .filter(call -> isWallClock(call.getTarget()))
                        .forEach(call -> events.add(SimpleConditionEvent.violated(unit, call.getDescription())));
            }
        };
    }

    private static boolean isWallClock(AccessTarget.CodeUnitCallTarget target) {
        String owner = target.getOwner().getName();
        boolean now = target.getName().equals("now") && owner.startsWith("java.time.");
        boolean clock = owner.equals("java.time.Clock") || owner.equals("java.time.InstantSource");
        boolean date = owner.equals("java.util.Date") && target.getRawParameterTypes().isEmpty();
        return now || clock || date || target.getName().equals("currentTimeMillis");
    }

    @Test
    void modulesFormNoCycles() {
        slices().matching("org.openros.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    /**
     * The package that a module begins with may know all features and be known by them: it holds entry point and
     * settings.
     */
    @Test
    void featuresOfAModuleFormNoCycles() {
        slices().matching("org.openros.(*).(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void namesAreWordsOfTheDomain() {
        noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Helpers|Common|Manager|Impl)").check(CLASSES);
    }

    @Test
    void everyModuleIsLookedAt() {
        Set<String> seen = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.substring(ROOT.length()).split("\\.", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(seen)
                .containsExactly("changeset", "cluster", "consul", "core", "domain", "gateway", "launcher",
                        "link", "merge",
                "protocol", "replication", "security", "storage", "worker");
    }
}
