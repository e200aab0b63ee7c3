package io.parano.bench;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Programs that peers and loads are made of, from Debian's packages, installed where that is ours
/// to do: on Debian, as root.
final class Packages {
  /// Asked before a package starts a daemon; 101 says no (invoke-rc.d(8)). Peers are started by
  /// benches alone, on ports of their own.
  private static final Path POLICY = Path.of("/usr/sbin/policy-rc.d");

  private Packages() {}

  static boolean isThere(String program) {
    return Stream.concat(
            Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)),
            Stream.of("/usr/sbin"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /// Whether `program` is there, if need be after installing `names`.
  static boolean have(String program, String... names) throws IOException, InterruptedException {
    return isThere(program) || (install(names) && isThere(program));
  }

  /// Whether they could be installed.
  static boolean install(String... names) throws IOException, InterruptedException {
    if (!Files.exists(Path.of("/etc/debian_version"))
        || !"root".equals(System.getProperty("user.name"))) {
      return false;
    }
    boolean planted = plantPolicy();
    try {
      List<String> command =
          new ArrayList<>(
              List.of("apt-get", "-qq", "-o", "DPkg::Lock::Timeout=600", "install", "-y"));
      command.add("--no-install-recommends");
      command.addAll(List.of(names));
      return succeeds(List.of("apt-get", "-qq", "update")) && succeeds(command);
    } finally {
      if (planted) {
        Files.delete(POLICY);
      }
    }
  }

  private static boolean plantPolicy() throws IOException {
    try {
      Files.createFile(
          POLICY,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    Files.writeString(POLICY, "#!/bin/sh\nexit 101\n");
    return true;
  }

  private static boolean succeeds(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    return builder
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .waitFor()
        == 0;
  }
}
