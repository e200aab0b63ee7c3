package io.parano.app;

import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import io.parano.radius.RadiusClient;
import io.parano.radius.RadiusConfig;
import io.parano.radiuspacket.Demand;
import io.parano.radiuspacket.SharedSecret;
import io.parano.testkit.JavaCommand;
import io.parano.testkit.RealPostgres;
import io.parano.testkit.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A whole server with one VPN client in a process of its own, to be stopped and killed. It says
 * some one-time passwords, and serves.
 */
record StaffedProcess(Process process, BufferedReader says, List<String> lines)
    implements AutoCloseable {
  static final String SHARED = "a secret of this test";
  private static final int PRESSED = 8;
  private static final String POLICY =
      """
      version: 1
      zones:
        here: [127.0.0.1/32]
        homes: [198.51.100.0/24]
      rules:
        - name: nothing
          hosts: [app.parano.localhost]
          zones: [here]
      vpn:
        - { name: vpn-1, server: vpn-1, groups: [staff], zones: [homes] }
      """;

  static StaffedProcess start(Path folder, int access) throws IOException {
    return start(folder, StaffedProcess.class, Integer.toString(access));
  }

  /// @param main says what it has to say, a line each with what it is before it, and `serving`; its
  ///   first argument is `folder`
  static StaffedProcess start(Path folder, Class<?> main, String... arguments) throws IOException {
    return started(
        TestStore.lend(folder, new ProcessBuilder(command(folder, main, arguments)))
            .redirectError(ProcessBuilder.Redirect.DISCARD));
  }

  /// The same in a network of its own, with its store in a file: no other is reached from there.
  ///
  /// @param errors where what it logs is kept
  static StaffedProcess within(
      String namespace, Path errors, Path folder, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    command.addAll(command(folder, main, arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    RealPostgres.keepFrom(builder);
    return started(builder);
  }

  private static List<String> command(Path folder, Class<?> main, String... arguments) {
    List<String> words = new ArrayList<>(List.of(folder.toString()));
    words.addAll(List.of(arguments));
    return JavaCommand.of(main.getName(), words.toArray(String[]::new));
  }

  private static StaffedProcess started(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    BufferedReader says =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    List<String> lines = new ArrayList<>();
    for (String line = says.readLine(); line != null; line = says.readLine()) {
      if (line.equals("serving")) {
        return new StaffedProcess(process, says, lines);
      }
      lines.add(line);
    }
    throw new IOException("the server ended");
  }

  /// What it says to an order, in one line.
  String told(String order) throws IOException {
    process.getOutputStream().write((order + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    return String.valueOf(says.readLine());
  }

  String otp() {
    return said("otp ");
  }

  /// The next that it said of this kind.
  String said(String kind) {
    String line = lines.stream().filter(one -> one.startsWith(kind)).findFirst().orElseThrow();
    lines.remove(line);
    return line.substring(kind.length());
  }

  void signal(String name) throws IOException, InterruptedException {
    Signal.send(name, process);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    InetAddress here = InetAddress.getLoopbackAddress();
    RadiusClient client =
        new RadiusClient(
            "vpn-1",
            List.of(IpPrefix.parse("127.0.0.1/32")),
            SharedSecret.of(Secret.ofText(SHARED)),
            Demand.MESSAGE_AUTHENTICATOR,
            null);
    Staffed staffed =
        new Staffed(
            Path.of(arguments[0]),
            POLICY,
            new RadiusConfig(
                new InetSocketAddress(here, Integer.parseInt(arguments[1])),
                new InetSocketAddress(here, 0),
                List.of(client),
                Language.EN));
    staffed.admit("root");
    staffed.importToken("root");
    for (int i = 0; i < PRESSED; i++) {
      System.out.println("otp " + staffed.token.press());
    }
    System.out.println("serving");
    TimeUnit.HOURS.sleep(1);
  }
}
