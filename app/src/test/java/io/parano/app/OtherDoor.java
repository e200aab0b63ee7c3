package io.parano.app;

import io.parano.testkit.JavaCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A door as a process of its own: its folder holds its configuration and the proxies' secrets, and
 * nothing else. Where the tests are root's, it is the user nobody's, in the authority's group.
 */
final class OtherDoor implements AutoCloseable {
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  private final Path folder;
  private final Process process;

  /**
   * @param folder of its own
   * @param options beyond those that every door has
   */
  OtherDoor(Path folder, List<String> options) throws IOException {
    this.folder = folder;
    List<String> command = new ArrayList<>();
    if (isNobodys()) {
      command.addAll(
          List.of(SETPRIV.toString(), "--reuid", "nobody", "--regid", "nogroup", "--groups", "0"));
      own(folder);
    }
    command.addAll(
        JavaCommand.on(
            isNobodys() ? readable(folder.resolve("classes")) : JavaCommand.classPath(),
            Main.class.getName(),
            "serve",
            "--config",
            folder.resolve("parano.yaml").toString(),
            "--role",
            "door"));
    if (ROOT && !isNobodys()) {
      command.add("--allow-root");
    }
    command.addAll(options);
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
  }

  static boolean isNobodys() {
    return ROOT && Files.isExecutable(SETPRIV);
  }

  /** As which user it runs. */
  static String user() {
    return isNobodys() ? "nobody" : System.getProperty("user.name");
  }

  /** A folder that others may enter, for what both processes use. */
  static Path meetingPlace() throws IOException {
    return Files.createTempDirectory(
        "parano-between",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
  }

  static void secret(Path file, String text) throws IOException {
    Files.writeString(file, text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  Process process() {
    return process;
  }

  String said() throws IOException {
    return Files.readString(folder.resolve("output"));
  }

  private static void own(Path folder) throws IOException {
    UserPrincipal nobody =
        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .setOwner(nobody);
      }
    }
  }

  /** The class path where others can read it: root's own repository is closed to them. */
  private static String readable(Path to) throws IOException {
    List<String> copied = new ArrayList<>();
    Files.createDirectory(to);
    int number = 0;
    for (String entry : JavaCommand.classPath().split(File.pathSeparator, -1)) {
      Path from = Path.of(entry);
      if (Files.exists(from)) {
        Path target = to.resolve(number++ + "-" + from.getFileName());
        copy(from, target);
        copied.add(target.toString());
      }
    }
    return String.join(File.pathSeparator, copied);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target.getNameCount() == to.getNameCount() ? to : target);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
