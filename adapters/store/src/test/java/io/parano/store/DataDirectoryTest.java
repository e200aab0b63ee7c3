package io.parano.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataDirectoryTest {
  @TempDir Path folder;

  @Test
  void open_newFolder_isClosedToOthersAndSoIsEveryFileInIt() throws IOException {
    LogOnDisk log = new LogOnDisk(folder);
    try (var opened = log.open()) {
      opened.ledger().commit(Samples.event(1), List.of());
      assertThat(mode(log.directory)).isEqualTo("rwx------");
      try (Stream<Path> files = Files.list(log.directory)) {
        assertThat(files)
            .isNotEmpty()
            .allSatisfy(file -> assertThat(mode(file)).as("%s", file).isEqualTo("rw-------"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxr-xr-x", "rwx-----x", "rwxrwx---", "rwx---r--"})
  void open_folderOpenToOthers_isRefusedAndSaysHowToCloseIt(String mode) throws IOException {
    LogOnDisk log = new LogOnDisk(folder);
    Files.createDirectory(log.directory);
    Files.setPosixFilePermissions(log.directory, PosixFilePermissions.fromString(mode));
    assertThat(log.tryOpen())
        .isInstanceOfSatisfying(
            Opening.Refused.class,
            refused -> assertThat(refused.why()).contains("chmod 700 " + log.directory));
    assertThat(new StorePlace.File(log.directory).begun()).isEqualTo(new StorePlace.Begun.No());
  }

  @Test
  void open_folderReadableByItsGroup_isOpened() throws IOException {
    LogOnDisk log = new LogOnDisk(folder);
    Files.createDirectory(log.directory);
    Files.setPosixFilePermissions(log.directory, PosixFilePermissions.fromString("rwxr-x---"));
    log.open().close();
    assertThat(new StorePlace.File(log.directory).begun()).isEqualTo(new StorePlace.Begun.Yes());
  }

  @Test
  void open_aFileInTheFoldersPlace_isRefused() throws IOException {
    LogOnDisk log = new LogOnDisk(folder);
    Files.createFile(log.directory);
    assertThat(log.tryOpen()).isInstanceOf(Opening.Refused.class);
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
