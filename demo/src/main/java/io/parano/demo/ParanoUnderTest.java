package io.parano.demo;

import io.parano.identity.Newcomer;
import io.parano.kernel.Bytes;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The real server, started in this process for the demo. It is the demo's only way to the product
/// that is no socket, and through it nothing can be granted: it starts and ends the server, hands
/// over the two codes that `parano bootstrap` shows on the host's terminal, and reads what an
/// operator of the host can read.
public interface ParanoUnderTest extends AutoCloseable {
  /// The one-time enrolment code of each first officer, by sign-in name.
  Map<String, Secret> bootstrapCodes();

  /// The newest entries of the audit log, newest first: the canonical JSON that the tree holds.
  List<String> newestEntries(int most);

  /// Writes what `parano audit export` writes, whole, into `folder`, which it makes. The newest
  /// checkpoint is in the file `checkpoint` there.
  void exportLog(Path folder) throws IOException;

  /// What the separate verifier says about an exported log, from its files alone and one checkpoint
  /// that was kept elsewhere.
  Verified verifyLog(Path folder, Path checkpointKeptElsewhere) throws IOException;

  /// What whoever owns the host can take home: the database as it is at this moment, into `folder`,
  /// which it makes. What is kept outside of the host goes with it, so that a start can be tried.
  void copyDisk(Path folder) throws IOException;

  /// Runs SQL on the database of such a copy, as somebody with write access to the file and nothing
  /// else; throws [IOException] when the last statement changes nothing.
  void writeTo(Path copy, List<String> statements) throws IOException;

  /// What a start says to the database of `copy` beside what is kept outside in `outside`, another
  /// copy or the same: it opens it as a start does, with the keys of this server, and ends there.
  Started tryStart(Path copy, Path outside) throws IOException;

  /// The same, where a witness on a second machine is asked first. It has seen the log as it was at
  /// the last [#copyDisk].
  Started tryWitnessedStart(Path copy, Path outside) throws IOException;

  /// Stops serving and closes every file; may be called twice.
  @Override
  void close();

  /// How to start one. Returns when the door answers.
  @FunctionalInterface
  interface Starter {
    ParanoUnderTest start(Setup setup) throws IOException;
  }

  /// From the most refusing to the most allowing.
  sealed interface Verified {
    /// @param finding the kind of the first thing found, kebab-case: `truncated`, `altered`…
    /// @param what the entry or checkpoint at fault, in one line
    record Damaged(String finding, String what) implements Verified {}

    record Whole(long entries) implements Verified {}
  }

  /// From the most refusing to the most allowing.
  sealed interface Started {
    /// @param finding the kind of the first thing found, kebab-case: `row-forged`, `behind`…
    record Refused(String finding) implements Started {}

    record Opened() implements Started {}
  }

  /// Everything that the server is told.
  ///
  /// @param data an empty folder that belongs to the demo and is stamped already
  /// @param company what pages call the company
  /// @param policy the first policy, as YAML
  /// @param officers the two first officers
  /// @param door where the web door listens, clear text on loopback
  /// @param admin where health and metrics are asked
  /// @param signIn the origin of the sign-in pages, as browsers see it
  /// @param relyingParty the WebAuthn RP ID
  /// @param applications the protected hosts
  /// @param proxy the first proxy to believe; it speaks for every host, the sign-in host included
  /// @param roots the attestation roots to trust, DER
  /// @param models the token models to allow, with the names to show
  /// @param script the text of one more ES module for the sign-in pages, run before theirs; the
  ///   demo's software keys come to the browser through it. It speaks to the sign-in host alone
  /// @param others proxies to believe beside the first, each in its own words
  /// @param vpn the VPN server that may ask; null for none
  /// @param jump null for no jump host
  /// @param tunnels of people's own devices; null for none
  /// @param mail the mail server that may ask; null for none
  record Setup(
      Path data,
      String company,
      String policy,
      List<Newcomer> officers,
      InetSocketAddress door,
      InetSocketAddress admin,
      String signIn,
      String relyingParty,
      List<Application> applications,
      Proxy proxy,
      List<Bytes> roots,
      Map<UUID, String> models,
      String script,
      List<Proxy> others,
      @Nullable Vpn vpn,
      @Nullable Jump jump,
      @Nullable Tunnels tunnels,
      @Nullable Mail mail) {
    /// With one proxy alone, and nothing but the web.
    public Setup(
        Path data,
        String company,
        String policy,
        List<Newcomer> officers,
        InetSocketAddress door,
        InetSocketAddress admin,
        String signIn,
        String relyingParty,
        List<Application> applications,
        Proxy proxy,
        List<Bytes> roots,
        Map<UUID, String> models,
        String script) {
      this(
          data,
          company,
          policy,
          officers,
          door,
          admin,
          signIn,
          relyingParty,
          applications,
          proxy,
          roots,
          models,
          script,
          List.of(),
          null,
          null,
          null,
          null);
    }

    public Setup {
      others = List.copyOf(others);
      officers = List.copyOf(officers);
      applications = List.copyOf(applications);
      roots = List.copyOf(roots);
      models = Map.copyOf(models);
    }
  }

  /// @param address from where it asks
  /// @param secret what it shares with Parano
  /// @param disconnect where it is told to end tunnels
  record Vpn(
      String name,
      IpPrefix address,
      Secret secret,
      InetSocketAddress access,
      InetSocketAddress accounting,
      InetSocketAddress disconnect) {}

  /// @param server as the policy names it
  /// @param helper the socket of root's helper
  /// @param network that tunnel addresses come from
  record Tunnels(String server, Path helper, IpPrefix network) {}

  /// @param address from where it asks
  /// @param asks what it shows with every question
  /// @param at where it asks
  /// @param store where the mailboxes are
  /// @param technical what opens any mailbox there
  /// @param doveadm where it is told to close some
  /// @param closes what it is shown then
  record Mail(
      String name,
      IpPrefix address,
      Secret asks,
      InetSocketAddress at,
      InetSocketAddress store,
      Secret technical,
      InetSocketAddress doveadm,
      Secret closes) {}

  /// @param name under which people know it
  /// @param from where hosts see it come from
  record Jump(InetSocketAddress at, String name, IpAddress from) {}

  /// @param origin as browsers see it
  record Application(String origin, String title) {}

  /// In whose words a proxy asks.
  enum Asks {
    AUTH_REQUEST,
    FORWARD_AUTH
  }

  /// @param secret what it shows in the header `Parano-Proxy`
  record Proxy(String name, IpPrefix address, Secret secret, Asks asks) {
    public Proxy(String name, IpPrefix address, Secret secret) {
      this(name, address, secret, Asks.AUTH_REQUEST);
    }
  }
}
