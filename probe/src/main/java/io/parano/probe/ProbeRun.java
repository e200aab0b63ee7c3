package io.parano.probe;

import io.parano.demo.VpnClient;
import io.parano.demo.Way;
import io.parano.kernel.Randomness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// Probes a deployment, when that is safe.
public final class ProbeRun {
  private ProbeRun() {}

  /// @param outcome of which probe
  public record Line(String promise, String id, Outcome outcome) {}

  /// From the most refusing to the most allowing.
  public sealed interface Ran {
    /// Nothing was tried.
    record Unsafe(List<Objection> why) implements Ran {
      public Unsafe {
        why = List.copyOf(why);
      }
    }

    record Tried(List<Line> lines) implements Ran {
      public Tried {
        lines = List.copyOf(lines);
      }

      public boolean broken() {
        return lines.stream().anyMatch(line -> line.outcome() instanceof Outcome.Broken);
      }
    }
  }

  /// @param only the probes to run, by id, by its first word, or by promise; empty for all
  /// @param folder for keys and certificates of this run
  /// @param tls whom to trust that it is the deployment
  /// @param told each line as it comes
  public static Ran run(
      ProbeSetup setup,
      Deployment deployment,
      Set<String> only,
      Path folder,
      SSLSocketFactory tls,
      Randomness randomness,
      Consumer<Line> told)
      throws IOException {
    List<Objection> objections = Safety.objections(setup, deployment);
    if (!objections.isEmpty()) {
      return new Ran.Unsafe(objections);
    }
    Using using = new Using(setup, folder, tls, randomness);
    List<Line> lines = new ArrayList<>();
    Consumer<Line> seen =
        line -> {
          told.accept(line);
          lines.add(line);
        };
    // First, since a sign-out of other probes closes mailboxes for a while.
    LeverRun.lines(using, deployment, only).forEach(seen);
    for (Planned planned : planned(using)) {
      if (isMeant(only, planned.promise(), planned.id())) {
        seen.accept(new Line(planned.promise(), planned.id(), planned.run()));
      }
    }
    return new Ran.Tried(lines);
  }

  /// By id, by the id's first word, or by promise.
  static boolean isMeant(Set<String> only, String promise, String id) {
    return only.isEmpty()
        || only.contains(id)
        || only.contains(id.substring(0, id.indexOf('-')))
        || only.contains(promise);
  }

  /// @param probe null where the set-up says nothing of that door
  private record Planned(String promise, String id, @Nullable Probe probe) {
    Outcome run() {
      return probe == null ? new Outcome.NotRun(Outcome.Why.NOT_SET_UP, "") : probe.run();
    }
  }

  /// @param tls whom to trust that it is the deployment
  record Using(ProbeSetup setup, Path folder, SSLSocketFactory tls, Randomness randomness) {
    ProbeAccount account(ProbeSetup.Account account) throws IOException {
      return new ProbeAccount(
          account, setup.server(), ProbeToken.of(account, randomness), Way.direct(tls));
    }
  }

  /// What is not set up is said, never passed over.
  private static List<Planned> planned(Using using) throws IOException {
    ProbeSetup setup = using.setup();
    List<Planned> planned = new ArrayList<>();
    probes(using).forEach(probe -> planned.add(new Planned(probe.promise(), probe.id(), probe)));
    ProbeSetup.Ssh ssh = setup.ssh();
    Stream.of(
            setup.application() == null ? WebProbes.OF_APPLICATIONS : List.<String>of(),
            setup.vpn() == null ? VpnProbes.ALL : List.<String>of(),
            setup.lease() == null ? LeaseProbes.ALL : List.<String>of(),
            ssh == null ? SshProbes.ALL : List.<String>of(),
            ssh != null && ssh.brief() == null ? List.of(SshProbes.OLD) : List.<String>of(),
            setup.mail() == null ? MailProbes.ALL : List.<String>of())
        .flatMap(List::stream)
        .forEach(id -> planned.add(new Planned(promise(id), id, null)));
    return planned;
  }

  private static List<Probe> probes(Using using) throws IOException {
    ProbeSetup setup = using.setup();
    ProbeAccount account = using.account(setup.account());
    ProbeSetup.Vpn vpn = setup.vpn();
    ProbeSetup.Lease lease = setup.lease();
    ProbeSetup.Ssh ssh = setup.ssh();
    ProbeSetup.Mail mail = setup.mail();
    List<Probe> probes = new ArrayList<>(new WebProbes(setup, account).probes());
    if (vpn != null) {
      VpnClient client = VpnProbes.client(setup, vpn, using.randomness());
      probes.addAll(new VpnProbes(setup, account, client, using.randomness()).probes());
      if (lease != null) {
        ProbeAccount colleague = using.account(lease.colleague());
        probes.addAll(new LeaseProbes(setup, lease, account, colleague, client).probes());
      }
    }
    if (ssh != null) {
      probes.addAll(new SshProbes(setup, ssh, account, using.folder()).probes());
    }
    if (mail != null) {
      probes.addAll(new MailProbes(setup, mail, account, using.tls()).probes());
    }
    return probes;
  }

  private static String promise(String id) {
    return id.equals(WebProbes.AFTER_THE_END) ? "P3" : "P1";
  }
}
