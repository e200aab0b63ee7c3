package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// The routes that traces tell of are those that the desks know, as their class files spell them: a
/// route that is added there and forgotten here would be told as `other`.
class TracedRoutesTest {
  private static final String ROUTE = "/|(/[a-z0-9.-]+)+";

  /// Health and figures; proxies' questions; a protected host's own: none is told by its route.
  private static final Set<String> OTHERS =
      Set.of("AdminDesk.class", "CheckDesk.class", "HostDesk.class");

  /// Names that differ from one build to the next.
  private static final String ASSET = "/assets.*";

  @Test
  void routes_toldOf_areThoseOfTheDesks() throws Exception {
    Path classes =
        Path.of(Traced.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve("io/parano/web");
    Set<String> known = new TreeSet<>();
    try (Stream<Path> files = Files.list(classes)) {
      for (Path file : files.filter(TracedRoutesTest::isDesk).toList()) {
        texts(file).filter(text -> text.matches(ROUTE)).forEach(known::add);
      }
    }
    known.removeIf(route -> route.matches(ASSET));
    assertThat(known).contains("/", "/sign-in", "/api/who", "/ssh/users.pub", "/wsapi/2.0/verify");
    assertThat(new TreeSet<>(Traced.ROUTES)).isEqualTo(known);
  }

  private static boolean isDesk(Path file) {
    String name = file.getFileName().toString();
    return name.matches("[A-Za-z]+(Desk|Calls)(\\$.*)?\\.class") && !OTHERS.contains(name);
  }

  private static Stream<String> texts(Path file) {
    try {
      return StreamSupport.stream(ClassFile.of().parse(file).constantPool().spliterator(), false)
          .flatMap((PoolEntry entry) ->
              entry instanceof StringEntry text ? Stream.of(text.stringValue()) : Stream.empty());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
