package io.parano.checks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The walls between rooms, and what the core may not touch. Every method answers with complaints;
/// none means that the wall stands.
final class Walls {
  private static final String OURS = "io.parano.";

  /// Streams over memory and the exceptions that signatures force on us.
  private static final Pattern MEMORY_IO =
      Pattern.compile(
          "java\\.io\\.(\\w*Exception|Serializable|Closeable|InputStream|OutputStream|ByteArray\\w+"
              + "|Reader|Writer|String\\w+|BufferedReader|InputStreamReader|OutputStreamWriter"
              + "|PrintWriter|PrintStream|Data(In|Out)put\\w*)");

  /// Values that name a place without going there.
  private static final Pattern NET_VALUES =
      Pattern.compile("java\\.net\\.(Inet[46]?Address|URI|URISyntaxException|URL(De|En)coder|IDN)");

  private static final Pattern OPENED =
      Pattern.compile(
          "java\\.(io|net|sql|rmi)\\..*|javax\\.(sql|net|naming)\\..*|java\\.nio\\.(file|channels)\\..*"
              + "|java\\.lang\\.(Thread\\$Builder.*|ProcessBuilder|Process|Runtime|System\\$Logger.*)"
              + "|java\\.lang\\.reflect\\..*"
              + "|java\\.util\\.(Random|Timer|TimerTask|SplittableRandom|logging\\..*|random\\..*)"
              + "|java\\.util\\.concurrent\\.(\\w*Executor\\w*|ForkJoin\\w+|CompletableFuture|ThreadFactory"
              + "|ThreadLocalRandom|StructuredTaskScope|Future\\w*)"
              + "|java\\.security\\.SecureRandom|java\\.time\\.Clock"
              + "|org\\.slf4j\\..*|ch\\.qos\\..*|io\\.vertx\\..*|io\\.netty\\..*");

  /// Owner and method, of what a type cannot be forbidden for.
  private static final Pattern CALLED =
      Pattern.compile(
          "java\\.lang\\.System\\.(getenv|getProperty|getProperties|currentTimeMillis|nanoTime|exit|load"
              + "|loadLibrary|getLogger|console)"
              + "|java\\.lang\\.Thread\\.(<init>|of\\w+|start\\w*|sleep|join|builder)"
              + "|java\\.lang\\.Math\\.random"
              + "|java\\.util\\.UUID\\.randomUUID"
              + "|java\\.net\\.InetAddress\\.(getByName|getAllByName|getLocalHost|isReachable|getHostName"
              + "|getCanonicalHostName)"
              + "|java\\.net\\.URI\\.toURL"
              + "|java\\.time\\.\\w+\\.now"
              + "|java\\.time\\.InstantSource\\.(system|tick)"
              + "|java\\.lang\\.Class\\.forName"
              + "|java\\.util\\.(Collection|List|Set)\\.parallelStream");

  /// Each says that the noun has not been found yet.
  private static final Pattern EMPTY_NAME =
      Pattern.compile(
          "Abstract.*|Base(?!64|32|45).*|.*(Manager|Helper|Utils?|Impl|Processor|Wrapper|Info|Data)");

  /// Words of the standards themselves (WebAuthn Level 3 sections 5.8.1, 6.1, 6.5.1; GDPR article
  /// 4).
  private static final Set<String> WORDS_OF_STANDARDS =
      Set.of(
          "AuthenticatorData",
          "ClientData",
          "CollectedClientData",
          "AttestedCredentialData",
          "PersonalData");

  private Walls() {}

  /// Who uses whom without being listed in `rooms`.
  static List<String> directions(JavaClasses classes, Rooms rooms) {
    List<String> complaints = new ArrayList<>();
    rooms
        .uses()
        .forEach((room, used) -> {
          Set<String> allowed = new LinkedHashSet<>(used);
          allowed.add(room);
          complaints.addAll(
              complaints(
                  noClasses()
                      .that(are(resideInAPackage(OURS + room + "..")))
                      .should()
                      .dependOnClassesThat(ofRoomsOtherThan(allowed))
                      .because("ARCHITECTURE.md lists for " + room + " only " + used),
                  classes));
        });
    return complaints;
  }

  /// Rooms that use each other in a circle.
  static List<String> cycles(JavaClasses classes) {
    return complaints(slices().matching("io.parano.(*)..").should().beFreeOfCycles(), classes);
  }

  /// Whatever the core uses that opens something.
  static List<String> opened(JavaClasses classes, Rooms rooms) {
    String[] core = rooms.core().stream().map(room -> OURS + room + "..").toArray(String[]::new);
    List<String> complaints = new ArrayList<>();
    complaints.addAll(
        complaints(
            noClasses()
                .that()
                .resideInAnyPackage(core)
                .should()
                .dependOnClassesThat(opening())
                .because("the core opens nothing"),
            classes));
    complaints.addAll(
        complaints(
            noClasses()
                .that()
                .resideInAnyPackage(core)
                .should()
                .callCodeUnitWhere(calling())
                .because("the core opens nothing"),
            classes));
    complaints.addAll(
        complaints(
            noClasses()
                .that()
                .resideInAnyPackage(core)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .accessField(System.class, "in"),
            classes));
    return complaints;
  }

  /// Names that say nothing.
  static List<String> emptyNames(JavaClasses classes) {
    return classes.stream()
        .map(JavaClass::getSimpleName)
        .filter(name -> EMPTY_NAME.matcher(name).matches())
        .filter(name -> !WORDS_OF_STANDARDS.contains(name))
        .map(name -> name + ": find the noun")
        .toList();
  }

  /// Classes of ours that extend classes of ours. Enum constants with a body do so by themselves.
  static List<String> inheritance(JavaClasses classes) {
    return classes.stream()
        .filter(one -> !one.isEnum())
        .filter(one -> one.getRawSuperclass().map(above -> !above.isEnum()).orElse(false))
        .filter(one ->
            one.getRawSuperclass()
                .map(above -> above.getPackageName().startsWith("io.parano"))
                .orElse(false))
        .map(one -> one.getName() + " inherits from a class of ours: compose instead")
        .toList();
  }

  private static DescribedPredicate<JavaClass> ofRoomsOtherThan(Set<String> rooms) {
    return DescribedPredicate.describe(
        "of other rooms",
        one ->
            one.getPackageName().startsWith(OURS) && !rooms.contains(room(one.getPackageName())));
  }

  private static String room(String packageName) {
    String rest = packageName.substring(OURS.length());
    return rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
  }

  private static DescribedPredicate<JavaClass> opening() {
    return DescribedPredicate.describe(
        "open something",
        one ->
            OPENED.matcher(one.getBaseComponentType().getName()).matches()
                && !MEMORY_IO.matcher(one.getBaseComponentType().getName()).matches()
                && !NET_VALUES.matcher(one.getBaseComponentType().getName()).matches());
  }

  private static DescribedPredicate<JavaCall<?>> calling() {
    return DescribedPredicate.describe(
        "something that opens",
        call -> {
          AccessTarget target = call.getTarget();
          return CALLED.matcher(target.getOwner().getName() + "." + target.getName()).matches();
        });
  }

  private static List<String> complaints(ArchRule rule, JavaClasses classes) {
    EvaluationResult result = rule.allowEmptyShould(true).evaluate(classes);
    return result.getFailureReport().getDetails();
  }
}
