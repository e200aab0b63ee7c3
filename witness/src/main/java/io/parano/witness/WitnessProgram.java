package io.parano.witness;

import io.parano.audit.CosignatureKey;
import io.parano.audit.NoteSigner;
import io.parano.document.Mistake;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// A running witness: everything that `witness.yaml` names, opened in the order in which nothing
/// can be cosigned by mistake. Throws [IOException] with a sentence for the operator.
public final class WitnessProgram implements AutoCloseable {
  private final CosignatureKey key;
  private final KeptCheckpoints kept;
  private final WitnessDoor door;

  private WitnessProgram(CosignatureKey key, KeptCheckpoints kept, WitnessDoor door) {
    this.key = key;
    this.kept = kept;
    this.door = door;
  }

  public static WitnessProgram open(Path file, InstantSource clock) throws IOException {
    WitnessSetup setup = read(file);
    NoteSigner signer = WitnessKeyFile.open(setup.key());
    KeptCheckpoints kept = KeptCheckpoints.in(setup.state());
    try {
      WitnessDesk desk = new WitnessDesk(setup.logs(), signer, kept, clock);
      WitnessSetup.Tls tls = setup.tls();
      WitnessDoor door =
          WitnessDoor.open(desk, setup.listen(), tls == null ? null : PemFiles.server(tls));
      return new WitnessProgram(signer.cosignatureKey(), kept, door);
    } catch (IOException | RuntimeException e) {
      kept.close();
      throw e;
    }
  }

  /// Makes the key that `file` names, for a witness called `name`, where there is none yet.
  public static CosignatureKey makeKey(Path file, String name) throws IOException {
    Path key = read(file).key();
    if (Files.exists(key)) {
      throw new IOException(Texts.say("key.there", key.toString()));
    }
    try {
      return WitnessKeyFile.create(key, name);
    } catch (IllegalArgumentException e) {
      throw new IOException(Texts.say("key.name", name), e);
    }
  }

  /// What logs are given.
  public CosignatureKey key() {
    return key;
  }

  public InetSocketAddress address() {
    return door.address();
  }

  @Override
  public void close() {
    door.close();
    try {
      kept.close();
    } catch (IOException e) {
      throw new IllegalStateException("the state folder can't be given free", e);
    }
  }

  private static WitnessSetup read(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    try {
      return switch (WitnessSetup.read(
          Files.readString(file), folder == null ? Path.of("") : folder)) {
        case WitnessSetup.Reading.Read(var setup) -> setup;
        case WitnessSetup.Reading.Mistaken(var mistakes) ->
            throw new IOException(String.join("\n", lines(file, mistakes)));
      };
    } catch (CharacterCodingException e) {
      throw new IOException(Texts.say("config.not-text", file.toString()), e);
    }
  }

  /// One line a mistake, in the form that editors jump to.
  private static List<String> lines(Path file, List<Mistake> mistakes) {
    return mistakes.stream()
        .map(mistake ->
            "%s:%d:%d: %s"
                .formatted(file, mistake.line(), mistake.column(), mistake.text(Texts.language())))
        .toList();
  }
}
