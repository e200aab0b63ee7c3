package io.parano.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Java processes of our own, with a fixed heap and the collector that the product runs with.
final class Jvm {
  private Jvm() {}

  static List<String> command(int heapMegabytes, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(heap(heapMegabytes));
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+UseTransparentHugePages",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  static List<String> heap(int megabytes) {
    return List.of("-Xms" + megabytes + "m", "-Xmx" + megabytes + "m");
  }
}
