package io.parano.access;

import static io.parano.access.Company.OFFICE;
import static io.parano.access.Company.OUTSIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.access.Bootstrap.Progress;
import io.parano.identity.Person;
import io.parano.identity.PersonState;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A beginning that stops half-way: there is a safe way on, and it ends with the second officer. */
class BootstrapTest {
  private static final String ELSEWHERE =
      Company.POLICY.replace("office: [192.0.2.0/24]", "office: [203.0.113.0/24]");

  @Test
  void progress_emptyLedger_isNotBegun() {
    Books books = new Books(new MemoryLedger(), new State(List.of(), Map.of()));

    assertThat(Bootstrap.progress(books)).isEqualTo(new Progress.NotBegun());
  }

  @Test
  void progress_officersEnrolOneByOne_waitsForTheOthers() {
    assertThat(waiting(Company.halfWay())).containsExactly("olga", "otto");
    assertThat(waiting(Company.halfWay("olga"))).containsExactly("otto");
    assertThat(Bootstrap.progress(Company.halfWay("olga", "otto").books))
        .isEqualTo(new Progress.Over());
  }

  @Test
  void progress_officerCutAfterBothEnrolled_staysOver() {
    Company company = Company.halfWay("olga", "otto");
    for (String name : List.of("olga", "otto")) {
      cut(company, name);
    }

    assertThat(Bootstrap.progress(company.books)).isEqualTo(new Progress.Over());
  }

  @Test
  void resume_nobodyEnrolled_givesCodesThatWorkAndVoidsTheOnesBefore() {
    Company company = Company.halfWay();
    Map<String, Secret> fresh = resume(company, Company.POLICY);

    assertThat(fresh).containsOnlyKeys("olga", "otto");
    assertThat(tried(company, "olga", company.code("olga")))
        .isEqualTo(new Enrolling.Finished.Refused(Reason.CODE_UNKNOWN));
    assertThat(tried(company, "olga", code(fresh, "olga")))
        .isInstanceOf(Enrolling.Finished.Enrolled.class);
    assertThat(waiting(company)).containsExactly("otto");
  }

  @Test
  void resume_oneEnrolled_givesACodeToTheOtherAlone() {
    Company company = Company.halfWay("olga");
    Map<String, Secret> fresh = resume(company, Company.POLICY);

    assertThat(fresh).containsOnlyKeys("otto");
    company.enrol("otto", code(fresh, "otto"), OFFICE);
    assertThat(Bootstrap.progress(company.books)).isEqualTo(new Progress.Over());
    assertThat(company.person("olga").state()).isEqualTo(PersonState.ACTIVE);
  }

  @Test
  void resume_bothEnrolled_isRefused() {
    Company company = Company.halfWay("olga", "otto");

    assertThatThrownBy(() -> resume(company, Company.POLICY))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void resume_withStaff_isRefused() {
    assertThatThrownBy(() -> resume(new Company(), Company.POLICY))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void resume_officerCutBeforeEnrolling_isInvitedAgain() {
    Company company = Company.halfWay();
    cut(company, "otto");
    assertThat(tried(company, "otto", company.code("otto")))
        .isEqualTo(new Enrolling.Finished.Refused(Reason.CODE_UNKNOWN));

    Map<String, Secret> fresh = resume(company, Company.POLICY);
    assertThat(tried(company, "otto", code(fresh, "otto")))
        .isInstanceOf(Enrolling.Finished.Enrolled.class);
  }

  @Test
  void resume_anotherPolicy_takesItWithTheNextVersion() {
    Company company = Company.halfWay();
    Map<String, Secret> fresh = resume(company, ELSEWHERE);

    assertThat(company.books.policy().version()).isEqualTo(2);
    assertThatThrownBy(() -> company.enrol("olga", code(fresh, "olga"), OFFICE))
        .isInstanceOf(AssertionError.class);
    company.enrol("olga", code(fresh, "olga"), OUTSIDE);
    company.restart();
    assertThat(company.books.policy().version()).isEqualTo(2);
  }

  @Test
  void resume_samePolicy_keepsItsVersion() {
    Company company = Company.halfWay();
    resume(company, Company.POLICY);

    assertThat(company.books.policy().version()).isEqualTo(1);
  }

  private static Map<String, Secret> resume(Company company, String policy) {
    return Bootstrap.resume(
        company.books, Company.policy(policy), company.randomness, company.clock.instant());
  }

  private static Enrolling.Finished tried(Company company, String name, Secret code) {
    return company.tryEnrol(name, code, company.key(name), company.password(name), OFFICE);
  }

  private static void cut(Company company, String name) {
    company
        .gate
        .lever()
        .cut(
            Targets.parse("person:" + name, company.books),
            "a test",
            new Lever.By(null, "control", "user root"));
  }

  private static List<String> waiting(Company company) {
    return Bootstrap.progress(company.books) instanceof Progress.HalfWay(var waiting)
        ? waiting.stream().map(Person::name).toList()
        : List.of();
  }

  private static Secret code(Map<String, Secret> codes, String name) {
    return Objects.requireNonNull(codes.get(name));
  }
}
