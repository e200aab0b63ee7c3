package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.access.Lever;
import io.parano.access.Recalling;
import io.parano.access.Recalling.Holder;
import io.parano.access.Recalling.Recalled;
import io.parano.authn.MetadataOutcome.Flaw;
import io.parano.kernel.Bytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** `metadata import` from the command line through the control socket. */
class MetadataCommandTest {
  private static final Holder CAROL = new Holder("carol", "key on the ring", "REVOKED");

  private final Locale before = Locale.getDefault();
  private final List<Bytes> given = new ArrayList<>();
  private Recalled answer = new Recalled.NotNewer(1, 2);
  @TempDir private Path folder;

  /** A server of which nothing is there but its control. */
  private final class Served implements Control, Recalling {
    @Override
    public Status status() {
      throw new AssertionError("nobody asked");
    }

    @Override
    public Lever.Report cut(String order, String because, String operator) {
      throw new AssertionError("nobody asked");
    }

    @Override
    public String recall(String file, String operator) {
      return new MetadataDesk(this, List.of()).recall(file, operator);
    }

    @Override
    public Recalled recall(Bytes blob, List<Bytes> roots, String operator) {
      given.add(blob);
      return answer;
    }
  }

  @BeforeEach
  void inEnglish() throws Exception {
    Locale.setDefault(Locale.ENGLISH);
    Files.writeString(folder.resolve("blob.jwt"), "a.b.c");
  }

  @AfterEach
  void asItWas() {
    Locale.setDefault(before);
  }

  private Installation.Said take(String file, String... more) throws Exception {
    Path socket = folder.resolve("run/control");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "metadata",
                "import",
                folder.resolve(file).toString(),
                "--control",
                socket.toString()));
    arguments.addAll(List.of(more));
    try (ControlDoor door = ControlDoor.open(socket, new Served())) {
      assertThat(door).isNotNull();
      return Installation.run(arguments.toArray(String[]::new));
    }
  }

  @Test
  void import_takenIn_listsTheHolders() throws Exception {
    answer = new Recalled.Done(58, LocalDate.parse("2001-01-01"), 3, List.of(CAROL), 2);
    Installation.Said said = take("blob.jwt");
    assertThat(said.code()).as(said.toString()).isEqualTo(ExitCode.DONE);
    assertThat(said.out())
        .contains("metadata 58", "2001-01-01", "a later one is out already")
        .contains("1 tokens", "2 sessions", "carol  key on the ring  REVOKED");
    assertThat(given).containsExactly(Bytes.of("a.b.c".getBytes(StandardCharsets.UTF_8)));
    assertThat(take("blob.jwt", "--json").out()).contains("\"number\":58", "\"person\":\"carol\"");
  }

  static Stream<Arguments> refusals() {
    Stream<Arguments> others =
        Stream.of(
            Arguments.of(new Recalled.NotNewer(4, 5), "later than 5"),
            Arguments.of(new Recalled.OfficersMissing(1, List.of(CAROL)), "carol"));
    return Stream.concat(
        Stream.of(Flaw.values())
            .map(
                flaw -> Arguments.of(new Recalled.Refused(flaw, "expected that"), "expected that")),
        others);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void import_refused_saysWhy(Recalled refused, String why) throws Exception {
    answer = refused;
    Installation.Said said = take("blob.jwt");
    assertThat(said.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(said.err()).contains(why);
  }

  @Test
  void import_noSuchFile_isRefusedAndNothingIsTakenIn() throws Exception {
    Installation.Said said = take("other.jwt");
    assertThat(said.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(said.err()).contains("other.jwt");
    assertThat(given).isEmpty();
  }
}
