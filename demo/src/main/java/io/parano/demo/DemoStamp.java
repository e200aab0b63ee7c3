package io.parano.demo;

import io.parano.kernel.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/// What keeps a demo from being taken for the real thing: its data folder holds a file with a
/// telling name, and its attestation roots name their maker. Whoever serves in earnest asks here
/// first, and refuses what is [Judgement.MadeByDemo].
public final class DemoStamp {
  /// The stamp in a demo's data folder.
  public static final String FILE = "THIS-IS-A-DEMO";

  /// The organisation in the name of every software key's root ([io.parano.testkit]).
  public static final String ROOT_ORGANISATION = "O=Parano software keys";

  private static final String TEXT =
      """
      This folder belongs to a demonstration of Parano. Its people are made up, its security keys
      are software, their private parts lie beside this file. Nothing here protects anything.
      `parano serve` refuses it.
      """;

  private DemoStamp() {}

  public sealed interface Judgement {
    /// @param what the folder or root that gives it away, for a message
    record MadeByDemo(String what) implements Judgement {}

    record NoDemo() implements Judgement {}
  }

  /// Judges what a server is about to serve with.
  ///
  /// @param roots attestation roots, DER
  public static Judgement judge(Path dataFolder, List<Bytes> roots) {
    if (Files.exists(dataFolder.resolve(FILE), LinkOption.NOFOLLOW_LINKS)) {
      return new Judgement.MadeByDemo("the data folder " + dataFolder);
    }
    for (Bytes root : roots) {
      String subject = subject(root);
      if (subject.contains(ROOT_ORGANISATION)) {
        return new Judgement.MadeByDemo("the attestation root " + subject);
      }
    }
    return new Judgement.NoDemo();
  }

  /// Stamps a folder, which must exist.
  static void on(Path dataFolder) throws IOException {
    Files.writeString(dataFolder.resolve(FILE), TEXT);
  }

  private static String subject(Bytes der) {
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der.copy()));
      return certificate.getSubjectX500Principal().getName();
    } catch (CertificateException e) {
      throw new IllegalArgumentException("expected a certificate in DER", e);
    }
  }
}
