package io.parano.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parano.audit.AddCheckpoint;
import io.parano.audit.Checkpoint;
import io.parano.audit.Cosignable;
import io.parano.audit.Entry;
import io.parano.audit.Event;
import io.parano.audit.EventType;
import io.parano.audit.ExportWriter;
import io.parano.audit.NoteSigner;
import io.parano.audit.Outcome;
import io.parano.audit.SignedNote;
import io.parano.audit.StoredEntry;
import io.parano.audit.WatchedLog;
import io.parano.audit.WitnessDecision;
import io.parano.audit.Witnessing;
import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A folder with an export of 300 entries, and beside it the checkpoint `kept` over the same.
record SampleExport(Path folder, Path kept, NoteSigner log) {
  static SampleExport in(Path parent, NoteSigner log, String resource) {
    Path folder = parent.resolve("export-" + resource);
    ExportWriter writer = new ExportWriter((path, bytes) -> write(folder.resolve(path), bytes));
    for (int i = 0; i < 300; i++) {
      Event event =
          Event.at(Instant.EPOCH.plusSeconds(i), EventType.PASS, Outcome.DONE)
              .from("web", IpAddress.parse("192.0.2.1"))
              .on("https://intranet.example/" + (i == 7 ? resource : "home"));
      Entry entry = Entry.of(event, i, new byte[32]);
      byte[] personal = Objects.requireNonNull(entry.personal());
      writer.entry(
          entry.leaf(), new StoredEntry.PersonalData(Bytes.of(entry.salt()), Bytes.of(personal)));
    }
    Digest root = writer.root();
    String note = SignedNote.sign(new Checkpoint(log.name(), 300, root).text(), log);
    writer.finish(note, List.of());
    Path kept = parent.resolve("kept-" + resource);
    write(kept, note.getBytes(UTF_8));
    return new SampleExport(folder, kept, log);
  }

  static NoteSigner signer() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] encoded = pair.getPublic().getEncoded();
      return new MemorySigner(pair, Bytes.of(Arrays.copyOfRange(encoded, 12, 44)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Has `witness` cosign the checkpoint that lies in the export, as of `at`.
  void cosignedBy(NoteSigner witness, Instant at) {
    Path file = folder.resolve("checkpoint");
    try {
      WitnessDecision decision =
          Witnessing.decide(
              new AddCheckpoint(0, List.of(), Files.readString(file)),
              new WatchedLog(log.name(), log.key()),
              Optional.empty(),
              at);
      if (!(decision instanceof WitnessDecision.Cosign(Cosignable checkpoint))) {
        throw new IllegalStateException(decision.toString());
      }
      Files.writeString(file, checkpoint.cosignedBy(witness));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String vkey() {
    return log.key().vkey();
  }

  /// Changes one byte of entry 3.
  void tamper() {
    Path bundle = folder.resolve("tile/entries/000");
    try {
      byte[] bytes = Files.readAllBytes(bundle);
      int length = 2 + Short.toUnsignedInt((short) ((bytes[0] << 8) | (bytes[1] & 0xff)));
      bytes[3 * length + 40] ^= 1;
      Files.write(bundle, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record MemorySigner(KeyPair pair, Bytes publicKey) implements NoteSigner {
    @Override
    public String name() {
      return "parano.example/audit";
    }

    @Override
    public byte[] publicKey32() {
      return publicKey.copy();
    }

    @Override
    public byte[] sign(byte[] message) {
      try {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(message);
        return signature.sign();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
