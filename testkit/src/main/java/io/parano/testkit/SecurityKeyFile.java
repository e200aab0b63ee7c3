package io.parano.testkit;

import io.parano.kernel.Bytes;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A key as lines of words, below a stamp that nobody takes for hardware. Private keys are in the
/// clear.
final class SecurityKeyFile {
  private static final String STAMP =
      "parano software security key, for demonstrations and tests only, protects nothing";
  private static final String NOTHING = "-";

  private SecurityKeyFile() {}

  static void write(
      Path file,
      AttestationKey attestation,
      UUID aaguid,
      AttestationFormat format,
      List<SoftCredential> credentials,
      long counter)
      throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(STAMP);
    lines.add(String.join(" ", "key", aaguid.toString(), format.name(), Long.toString(counter)));
    lines.add(
        String.join(
            " ",
            "attestation",
            attestation.algorithm().name(),
            text(attestation.keys().getPublic()),
            text(attestation.keys().getPrivate())));
    attestation
        .certificates()
        .forEach(certificate -> lines.add("certificate " + certificate.base64Url()));
    credentials.forEach(credential -> lines.add(line(credential)));
    createPrivate(file);
    Files.write(file, lines);
  }

  static SecurityKey read(Path file, SecureRandom random) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 3 || !lines.getFirst().equals(STAMP)) {
      throw new IllegalArgumentException("expected \"" + STAMP + "\" above a key in " + file);
    }
    String[] key = words(lines.get(1), "key", 4);
    String[] attestation = words(lines.get(2), "attestation", 4);
    List<Bytes> certificates = new ArrayList<>();
    List<SoftCredential> credentials = new ArrayList<>();
    for (String line : lines.subList(3, lines.size())) {
      if (line.startsWith("certificate ")) {
        certificates.add(Bytes.fromBase64Url(words(line, "certificate", 2)[1]));
      } else {
        credentials.add(credential(words(line, "credential", 8)));
      }
    }
    KeyAlgorithm algorithm = KeyAlgorithm.valueOf(attestation[1]);
    return new SecurityKey(
        random,
        new AttestationKey(
            algorithm, pair(algorithm, attestation[2], attestation[3]), certificates),
        UUID.fromString(key[1]),
        AttestationFormat.valueOf(key[2]),
        credentials,
        Long.parseLong(key[3]));
  }

  private static String line(SoftCredential credential) {
    Bytes handle = credential.userHandle();
    return String.join(
        " ",
        "credential",
        credential.id().base64Url(),
        credential.rpId(),
        handle.length() == 0 ? NOTHING : handle.base64Url(),
        credential.discoverable() ? "discoverable" : "listed",
        credential.algorithm().name(),
        text(credential.keys().getPublic()),
        text(credential.keys().getPrivate()));
  }

  private static SoftCredential credential(String[] words) {
    KeyAlgorithm algorithm = KeyAlgorithm.valueOf(words[5]);
    return new SoftCredential(
        Bytes.fromBase64Url(words[1]),
        words[2],
        words[3].equals(NOTHING) ? Bytes.EMPTY : Bytes.fromBase64Url(words[3]),
        words[4].equals("discoverable"),
        algorithm,
        pair(algorithm, words[6], words[7]));
  }

  private static String text(Key key) {
    return Bytes.of(key.getEncoded()).base64Url();
  }

  private static KeyPair pair(KeyAlgorithm algorithm, String publicKey, String privateKey) {
    return algorithm.read(Bytes.fromBase64Url(publicKey), Bytes.fromBase64Url(privateKey));
  }

  private static String[] words(String line, String first, int count) {
    String[] words = line.split(" ", -1);
    if (words.length != count || !words[0].equals(first)) {
      throw new IllegalArgumentException(
          "expected a line of " + count + " words that begins with \"" + first + "\"");
    }
    return words;
  }

  private static void createPrivate(Path file) throws IOException {
    if (!Files.exists(file)
        && FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
  }
}
