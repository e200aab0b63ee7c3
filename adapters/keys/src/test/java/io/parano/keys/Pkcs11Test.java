package io.parano.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.argon2.Argon2Pool;
import io.parano.authn.Argon2Parameters;
import io.parano.kernel.Secret;
import io.parano.testkit.JavaCommand;
import io.parano.testkit.SoftHsm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A keyset behind SoftHSM2, each call in a process of its own: the library takes its configuration
/// from the environment, and who is logged in stays so.
@Tag("slow")
class Pkcs11Test {
  @TempDir private Path folder;
  private final Map<String, SoftHsm> modules = new HashMap<>();
  private Path keyset = Path.of("");

  @BeforeEach
  void makeModule() throws Exception {
    keyset = folder.resolve("keyset");
    for (String name : List.of("one", "two")) {
      modules.put(name, new SoftHsm(folder, name));
    }
  }

  private static String run(ProcessBuilder command) throws Exception {
    Process process = command.redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    process.waitFor();
    return said;
  }

  private String call(String module, String... arguments) throws Exception {
    List<String> command = JavaCommand.of(Call.class.getName(), keyset.toString());
    command.addAll(Arrays.asList(arguments));
    return run(Objects.requireNonNull(modules.get(module)).reaches(new ProcessBuilder(command)));
  }

  @Test
  void open_behindAModule_takesThatTokenAndItsPin() throws Exception {
    assertThat(call("one", "create", SoftHsm.PIN)).isEqualTo("Created");
    assertThat(Files.readAllLines(keyset).get(1)).isEqualTo("pkcs11 hmac-sha256");
    assertThat(call("one", "open", SoftHsm.PIN)).isEqualTo("Opened");
    assertThat(call("one", "open", "4321")).isEqualTo("PassphraseWrong");
    assertThat(call("two", "open", SoftHsm.PIN)).isEqualTo("ModuleUnusable");
    assertThat(call("one", "open-without-module", SoftHsm.PIN)).isEqualTo("OtherLock");
    assertThat(call("one", "look", "")).isEqualTo("fine");
    assertThat(call("one", "open", SoftHsm.PIN)).isEqualTo("Opened");
  }

  /// Another module's key of the same name.
  @Test
  void open_byAKeyOfTheSameNameInAnotherModule_isRefused() throws Exception {
    assertThat(call("one", "create", SoftHsm.PIN)).isEqualTo("Created");
    Path first = Files.move(keyset, folder.resolve("first"));
    assertThat(call("two", "create", SoftHsm.PIN)).isEqualTo("Created");
    Files.delete(keyset);
    Files.move(first, keyset);
    assertThat(call("two", "open", SoftHsm.PIN)).isEqualTo("PassphraseWrong");
    assertThat(call("one", "open", SoftHsm.PIN)).isEqualTo("Opened");
  }

  /// Renewed in the same process: the PIN is asked for each time, also of a module that was open.
  @Test
  void replace_behindAModule_asksForThePinEachTime() throws Exception {
    assertThat(call("one", "create", SoftHsm.PIN)).isEqualTo("Created");
    assertThat(call("one", "renew", SoftHsm.PIN)).isEqualTo("PassphraseWrong Opened 2");
    assertThat(call("one", "open", SoftHsm.PIN)).isEqualTo("Opened");
  }

  @Test
  void open_passphraseFileWithAModuleNamed_isRefused() throws Exception {
    assertThat(call("one", "create-without-module", "quatre chevaux dans le brouillard"))
        .isEqualTo("Created");
    assertThat(call("one", "open", SoftHsm.PIN)).isEqualTo("OtherLock");
    assertThat(call("one", "open-without-module", "quatre chevaux dans le brouillard"))
        .isEqualTo("Opened");
  }

  @Test
  void open_noSuchLibraryOrSlot_saysSo() throws Exception {
    assertThat(call("one", "create", SoftHsm.PIN)).isEqualTo("Created");
    assertThat(call("one", "open-by-no-library", SoftHsm.PIN)).isEqualTo("ModuleUnusable");
    assertThat(call("one", "open-in-another-slot", SoftHsm.PIN)).isEqualTo("ModuleUnusable");
    assertThat(call("one", "open", SoftHsm.PIN)).isEqualTo("Opened");
  }

  /// One call in a process of its own; prints what came of it.
  static final class Call {
    private static final Argon2Parameters CHEAP = new Argon2Parameters(8, 1, 1);

    private Call() {}

    public static void main(String[] arguments) throws IOException {
      try (Argon2Pool argon2 = Argon2Pool.start(1, 1);
          Secret secret = Secret.ofText(arguments[2])) {
        Pkcs11Slot module =
            switch (arguments[1]) {
              case "open-by-no-library" -> new Pkcs11Slot(Path.of("/nowhere.so"), 0, "k");
              case "open-in-another-slot" -> new Pkcs11Slot(SoftHsm.library(), 7, "k");
              default -> new Pkcs11Slot(SoftHsm.library(), 0, "k");
            };
        @Nullable Pkcs11Slot used = arguments[1].endsWith("-without-module") ? null : module;
        KeysetFile file =
            new KeysetHome(Path.of(arguments[0]), used).open(argon2, new SecureRandom()::nextBytes);
        System.out.println(answer(arguments[1], file, secret));
      }
    }

    private static String answer(String what, KeysetFile file, Secret secret) {
      if (what.startsWith("create")) {
        Keyset fresh = Keyset.fresh(Instant.now(), new SecureRandom()::nextBytes);
        return file.create(fresh, secret, CHEAP).getClass().getSimpleName();
      }
      if (what.equals("look")) {
        return file.look().map(shut -> shut.getClass().getSimpleName()).orElse("fine");
      }
      if (what.equals("renew")) {
        Keyset present = ((KeysetOpening.Opened) file.open(secret)).keyset();
        file.replace(
            present.with(KeyPurpose.SEALING, Instant.now(), new SecureRandom()::nextBytes),
            secret,
            CHEAP);
        KeysetOpening wrong = file.open(Secret.ofText("4321"));
        Keyset renewed = ((KeysetOpening.Opened) file.open(secret)).keyset();
        return "%s Opened %d"
            .formatted(wrong.getClass().getSimpleName(), renewed.of(KeyPurpose.SEALING).size());
      }
      return file.open(secret).getClass().getSimpleName();
    }
  }
}
