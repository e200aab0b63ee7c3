package io.parano.witness;

import io.parano.audit.CosignatureKey;
import io.parano.audit.NoteSigner;
import io.parano.kernel.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The witness's own key: a file of two lines, for its owner alone. The first is the private half,
/// `PRIVATE+KEY+base64`, the second what verifiers are given. Throws [IOException] with a sentence
/// for the operator.
final class WitnessKeyFile {
  private static final String PRIVATE = "PRIVATE+KEY+";
  private static final int LONGEST = 4096;
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private WitnessKeyFile() {}

  /// Makes a key for the witness of this name in a file that is not there yet.
  static CosignatureKey create(Path file, String name) throws IOException {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] encoded = pair.getPublic().getEncoded();
      CosignatureKey key =
          new CosignatureKey(
              name, Bytes.of(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
      byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
      write(file, PRIVATE + Base64.getEncoder().encodeToString(seed) + "\n" + key.vkey() + "\n");
      Arrays.fill(seed, (byte) 0);
      return key;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java since 15 has Ed25519", e);
    }
  }

  static NoteSigner open(Path file) throws IOException {
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
    if (found.stream().anyMatch(OTHERS::contains)) {
      throw new IOException(
          Texts.say("key.open-to-others", file.toString(), PosixFilePermissions.toString(found)));
    }
    if (Files.size(file) > LONGEST) {
      throw malformed(file);
    }
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    if (lines.size() != 2 || !lines.getFirst().startsWith(PRIVATE)) {
      throw malformed(file);
    }
    try {
      CosignatureKey key = CosignatureKey.parse(lines.get(1));
      byte[] seed = Base64.getDecoder().decode(lines.getFirst().substring(PRIVATE.length()));
      PrivateKey secret =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
      Arrays.fill(seed, (byte) 0);
      return matching(new Signer(key, secret), file);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Not as the cause: its message may quote what the file says.
      throw malformed(file);
    }
  }

  /// The two lines must be halves of one key, or nobody could verify what it signs.
  private static NoteSigner matching(Signer signer, Path file) throws IOException {
    byte[] trial = "parano witness\n".getBytes(StandardCharsets.UTF_8);
    if (!signer.verifies(trial)) {
      throw malformed(file);
    }
    return signer;
  }

  private static IOException malformed(Path file) {
    return new IOException(Texts.say("key.malformed", file.toString()));
  }

  private static void write(Path file, String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static final class Signer implements NoteSigner {
    private final CosignatureKey key;
    private final PrivateKey secret;

    Signer(CosignatureKey key, PrivateKey secret) {
      this.key = key;
      this.secret = secret;
    }

    @Override
    public String name() {
      return key.name();
    }

    @Override
    public byte[] publicKey32() {
      return key.publicKey().copy();
    }

    @Override
    public byte[] sign(byte[] message) {
      try {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(secret);
        signature.update(message);
        return signature.sign();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java since 15 has Ed25519", e);
      }
    }

    boolean verifies(byte[] message) {
      return key.verifies(message, sign(message));
    }
  }
}
