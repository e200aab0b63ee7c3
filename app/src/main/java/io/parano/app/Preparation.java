package io.parano.app;

import io.parano.argon2.Argon2Pool;
import io.parano.config.Configuration;
import io.parano.config.Weakness;
import io.parano.demo.DemoStamp;
import io.parano.kernel.Secret;
import io.parano.keys.Keyset;
import io.parano.keys.KeysetFault;
import io.parano.keys.KeysetFile;
import io.parano.keys.KeysetHome;
import io.parano.keys.KeysetOpening;
import io.parano.keys.Pkcs11Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything that must hold before a server is started from a configuration file.
final class Preparation {
  private Preparation() {}

  /// From the most refusing to the most allowing.
  sealed interface Prepared {
    /// @param lines what is wrong, for the operator
    record Refused(List<String> lines) implements Prepared {
      static Refused of(String line) {
        return new Refused(List.of(line));
      }
    }

    record Ready(Configuration configuration, List<Weakness> weaknesses) implements Prepared {}
  }

  /// Who may run the server as root: nobody, unless they said so.
  enum Root {
    REFUSED,
    ALLOWED
  }

  /// Reads and judges the configuration, and whoever runs it.
  static Prepared prepare(Path file, Root root) throws IOException {
    return prepare(file, root, Role.Part.ALL);
  }

  /// The same for a part of the program.
  static Prepared prepare(Path file, Root root, Role.Part part) throws IOException {
    return switch (ConfigurationFile.load(file, part)) {
      case ConfigurationFile.Loaded.Unreadable(var why) -> Prepared.Refused.of(why);
      case ConfigurationFile.Loaded.Mistaken mistaken -> new Prepared.Refused(mistaken.lines());
      case ConfigurationFile.Loaded.Right(var configuration, var weaknesses) ->
          judged(configuration, weaknesses, root, part);
    };
  }

  private static Prepared judged(
      Configuration configuration, List<Weakness> weaknesses, Root root, Role.Part part)
      throws IOException {
    boolean isRoot = ofRoot();
    if (isRoot && root == Root.REFUSED) {
      return Prepared.Refused.of(Texts.say("serve.root"));
    }
    List<Weakness> all = new ArrayList<>(weaknesses);
    if (isRoot) {
      all.add(Weakness.of(Weakness.Kind.RUNS_AS_ROOT));
    }
    if (part == Role.Part.DOOR) {
      List<String> within = DoorProcess.within(configuration);
      return within.isEmpty()
          ? new Prepared.Ready(configuration, List.copyOf(all))
          : new Prepared.Refused(within);
    }
    return switch (DemoStamp.judge(
        configuration.data(), new ConfiguredPlan(configuration).roots())) {
      case DemoStamp.Judgement.MadeByDemo(var what) ->
          Prepared.Refused.of(Texts.say("serve.demo", what));
      case DemoStamp.Judgement.NoDemo _ -> new Prepared.Ready(configuration, List.copyOf(all));
    };
  }

  /// Opens the keyset; throws [IOException] saying why it stays shut.
  static Keyset open(Configuration configuration, Secrets secrets) throws IOException {
    try (Argon2Pool argon2 = Argon2Pool.start(1, 1);
        Secret passphrase = secrets.passphrase(configuration.keyset().passphrase())) {
      return switch (keysetFile(configuration, argon2).open(passphrase)) {
        case KeysetOpening.Opened(var keyset) -> keyset;
        case KeysetOpening.Shut shut -> throw new IOException(sentence(shut));
      };
    } catch (KeysetFault e) {
      throw fault(e);
    }
  }

  /// Looks whether the keyset file could be opened at all, without its passphrase where that lies
  /// in no file; throws [IOException] saying why it could not.
  static void look(Configuration configuration) throws IOException {
    if (configuration.keyset().passphrase() instanceof Configuration.PassphraseSource.File) {
      var _ = open(configuration, Secrets.ofProcess());
      return;
    }
    try (Argon2Pool argon2 = Argon2Pool.start(1, 1)) {
      Optional<KeysetOpening.Shut> shut = keysetFile(configuration, argon2).look();
      if (shut.isPresent()) {
        throw new IOException(sentence(shut.get()));
      }
    } catch (KeysetFault e) {
      throw fault(e);
    }
  }

  private static IOException fault(KeysetFault e) {
    String why = e.getCause() instanceof IOException cause ? Refusal.why(cause) : e.getMessage();
    return new IOException(Texts.say("keyset.fault", String.valueOf(why)), e);
  }

  static String sentence(KeysetOpening.Shut shut) {
    return switch (shut) {
      case KeysetOpening.Missing(var file) -> Texts.say("keyset.missing", file.toString());
      case KeysetOpening.Exposed(var file, var permissions) ->
          Texts.say("keyset.exposed", file.toString(), permissions);
      case KeysetOpening.Malformed(var file, int line, var expected) ->
          Texts.say("keyset.malformed", file.toString(), Integer.toString(line), expected);
      case KeysetOpening.PassphraseWrong(var file) -> Texts.say("keyset.wrong", file.toString());
      case KeysetOpening.OtherLock(var file, boolean module) ->
          Texts.say(module ? "keyset.behind-module" : "keyset.behind-passphrase", file.toString());
      case KeysetOpening.ModuleUnusable(var file, var why) ->
          Texts.say("keyset.module", file.toString(), why);
      case KeysetOpening.Altered(var file) -> Texts.say("keyset.altered", file.toString());
    };
  }

  /// Makes the keyset file; throws [IOException] when there is one already.
  static Keyset create(Configuration configuration, Secret passphrase, Keyset keyset)
      throws IOException {
    try (Argon2Pool argon2 = Argon2Pool.start(1, 1)) {
      KeysetFile file = keysetFile(configuration, argon2);
      return switch (file.create(keyset, passphrase, KeysetFile.DEFAULT_COST)) {
        case KeysetFile.Creation.Created _ -> keyset;
        case KeysetFile.Creation.AlreadyThere(var there) ->
            throw new IOException(Texts.say("bootstrap.keyset-there", there.toString()));
      };
    } catch (KeysetFault e) {
      throw fault(e);
    }
  }

  /// By number where the kernel tells it: root may have any name.
  private static boolean ofRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid
          && uid == 0;
    } catch (IOException | UnsupportedOperationException e) {
      return "root".equals(System.getProperty("user.name"));
    }
  }

  /// Where the keyset is, and what it is behind.
  static KeysetHome home(Configuration configuration) {
    return home(configuration, configuration.keyset().file());
  }

  /// The same for another file.
  static KeysetHome home(Configuration configuration, Path file) {
    Configuration.Pkcs11Place place = configuration.keyset().pkcs11();
    return new KeysetHome(
        file, place == null ? null : new Pkcs11Slot(place.library(), place.slot(), place.key()));
  }

  private static KeysetFile keysetFile(Configuration configuration, Argon2Pool argon2) {
    return home(configuration).open(argon2, new SystemRandomness());
  }
}
