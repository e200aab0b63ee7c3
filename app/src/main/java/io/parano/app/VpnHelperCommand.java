package io.parano.app;

import io.parano.kernel.IpPrefix;
import io.parano.vpn.Gatehouse;
import io.parano.vpn.GatehouseConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `parano vpn-helper`: root's part of the WireGuard door, a process of its own.
@Command(
    name = "vpn-helper",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true)
final class VpnHelperCommand implements Callable<Integer> {
  private static final int MOST_HOURS = 7 * 24;

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Option(
      names = "--interface",
      required = true,
      paramLabel = "NAME",
      descriptionKey = "vpn-helper.interface")
  private String name = "";

  @Option(names = "--network", paramLabel = "NETWORK", descriptionKey = "vpn-helper.network")
  private List<String> networks = new ArrayList<>();

  @Option(
      names = "--socket",
      paramLabel = "FILE",
      descriptionKey = "vpn-helper.socket",
      defaultValue = "/run/parano-vpn/helper.sock")
  private Path socket = Path.of("");

  @Option(
      names = "--user",
      paramLabel = "USER",
      descriptionKey = "vpn-helper.user",
      defaultValue = "parano")
  private String user = "";

  @Option(
      names = "--longest",
      paramLabel = "HOURS",
      descriptionKey = "vpn-helper.longest",
      defaultValue = "12")
  private int longest = 12;

  @Option(
      names = "--through",
      paramLabel = "wg|uapi|openvpn",
      descriptionKey = "vpn-helper.through",
      defaultValue = "wg")
  private String through = "wg";

  @Option(names = "--print-rules", descriptionKey = "vpn-helper.print-rules")
  private boolean printRules;

  @Override
  public Integer call() throws IOException {
    GatehouseConfig config = config();
    PrintWriter out = spec.commandLine().getOut();
    if (printRules) {
      out.print(Gatehouse.rules(name));
      out.flush();
      return ExitCode.DONE;
    }
    if (networks.isEmpty()) {
      throw usage("--network");
    }
    try (Gatehouse helper = Gatehouse.open(config)) {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(helper::close));
      OperatorLines.to(spec.commandLine().getErr())
          .tell(Texts.say("vpn-helper.serving", name, socket.toString(), user));
      helper.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.DONE;
  }

  private GatehouseConfig config() {
    if (!name.matches(GatehouseConfig.NAME)) {
      throw usage("--interface");
    }
    if (longest < 1 || longest > MOST_HOURS) {
      throw usage("--longest");
    }
    return new GatehouseConfig(
        socket.toAbsolutePath(),
        user,
        name,
        networks.stream().map(this::network).toList(),
        Duration.ofHours(longest),
        way());
  }

  private GatehouseConfig.Way way() {
    try {
      return GatehouseConfig.Way.valueOf(through.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw usage("--through");
    }
  }

  private IpPrefix network(String text) {
    try {
      return IpPrefix.parse(text);
    } catch (IllegalArgumentException e) {
      throw usage("--network");
    }
  }

  private CommandLine.ParameterException usage(String option) {
    return new CommandLine.ParameterException(
        spec.commandLine(), Texts.say("vpn-helper.wrong", option));
  }
}
