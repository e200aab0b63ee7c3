package io.parano.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An authority for tests, and what it certifies, in PEM, made by openssl. */
record Certified(Path folder) {
  static Certified in(Path folder) throws Exception {
    Certified made = new Certified(Files.createDirectories(folder));
    made.openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=authority"
            + " -keyout ca.key -out ca.crt");
    return made;
  }

  Path authority() {
    return folder.resolve("ca.crt");
  }

  Path certificate(String name) {
    return folder.resolve(name + ".crt");
  }

  Path key(String name) {
    return folder.resolve(name + ".key");
  }

  /** The same authority, which has certified this name too. */
  Certified with(String name) throws Exception {
    Files.writeString(folder.resolve(name + ".ext"), "subjectAltName=DNS:" + name + "\n");
    openssl(
        "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=%1$s -keyout %1$s.key -out %1$s.csr"
            .formatted(name));
    openssl(
        "x509 -req -in %1$s.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -out %1$s.crt -extfile %1$s.ext"
            .formatted(name));
    return this;
  }

  private void openssl(String arguments) throws Exception {
    Process process =
        new ProcessBuilder(("openssl " + arguments).split(" ", -1))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("openssl " + arguments);
    }
  }
}
