package io.parano.ssh;

import io.parano.access.Jumping;
import io.parano.sshcert.SignedCertificate;
import io.parano.sshcert.SshKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.io.AbstractIoServiceFactoryFactory;
import org.apache.sshd.common.io.IoServiceFactory;
import org.apache.sshd.common.session.SessionHeartbeatController.HeartbeatType;
import org.apache.sshd.common.util.threads.NoCloseExecutor;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The jump host, open. [#open] takes the port; [#close] ends everything that goes through it.
public final class JumpDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JumpDoor.class);

  /// Sessions end by themselves too; nobody pulls a lever then.
  private static final long SWEEP_MILLIS = 500;

  private static final Duration HEARTBEAT = Duration.ofSeconds(30);

  /// What OpenSSH tries at most, with as many certificates in an agent.
  private static final int REQUESTS = 12;

  private final SshServer server;
  private final JumpConnections connections;
  private final ExecutorService threads;
  private final ScheduledExecutorService clockwork;

  private JumpDoor(
      SshServer server,
      JumpConnections connections,
      ExecutorService threads,
      ScheduledExecutorService clockwork) {
    this.server = server;
    this.connections = connections;
    this.threads = threads;
    this.clockwork = clockwork;
  }

  /// Who certifies the jump host's own key.
  public interface Authority {
    /// Whose certificates people believe now.
    SshKey publicKey();

    /// @param key a line of a public key file
    SignedCertificate certify(String key, List<String> names, Duration life);
  }

  /// Throws [IOException] when the port can't be had.
  ///
  /// @param connections which the lever knows
  public static JumpDoor open(
      JumpConfig config,
      Jumping jumping,
      JumpConnections connections,
      Authority authority,
      InstantSource clock)
      throws IOException {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    ScheduledExecutorService clockwork =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("ssh-jump").daemon().factory());
    try {
      HostIdentity identity = new HostIdentity(authority, config.names(), clock);
      // Now, so that a log that can't take it shows at the start.
      var _ = identity.loadCertificates(null);
      SshServer server = server(config, identity);
      connections.ask(jumping);
      ways(server, config, jumping, connections, threads);
      server.setScheduledExecutorService(clockwork, false);
      server.start();
      JumpDoor door = new JumpDoor(server, connections, threads, clockwork);
      var _ =
          clockwork.scheduleWithFixedDelay(
              door::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
      return door;
    } catch (IOException | RuntimeException e) {
      clockwork.shutdownNow();
      threads.shutdownNow();
      throw e;
    } catch (GeneralSecurityException e) {
      clockwork.shutdownNow();
      threads.shutdownNow();
      throw new IllegalStateException("the jump host's own key can't be made", e);
    }
  }

  private static SshServer server(JumpConfig config, HostIdentity identity) {
    SshServer server = ServerBuilder.builder().build();
    Algorithms.of(server);
    server.setHost(config.host());
    server.setPort(config.port());
    server.setKeyPairProvider(identity.pairs());
    server.setHostKeyCertificateProvider(identity);
    server.setPublickeyAuthenticator(null);
    server.setPasswordAuthenticator(null);
    server.setKeyboardInteractiveAuthenticator(null);
    server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
    server.setGlobalRequestHandlers(List.of());
    CoreModuleProperties.AUTH_TIMEOUT.set(server, config.limits().login());
    CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, REQUESTS);
    CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, 2 * config.limits().passages());
    // It lasts as long as its session; a peer that is gone is found by the heartbeat.
    CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
    CoreModuleProperties.SOCKET_KEEPALIVE.set(server, true);
    CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "Parano");
    server.setSessionHeartbeat(HeartbeatType.IGNORE, HEARTBEAT);
    return server;
  }

  private static void ways(
      SshServer server,
      JumpConfig config,
      Jumping jumping,
      JumpConnections connections,
      ExecutorService threads) {
    JumpConfig.Limits limits = config.limits();
    server.setIoServiceFactoryFactory(
        new AbstractIoServiceFactoryFactory(null) {
          @Override
          public IoServiceFactory create(FactoryManager manager) {
            return new Arrivals(manager, new NoCloseExecutor(threads), limits);
          }
        });
    server.addSessionListener(connections);
    server.setUserAuthFactories(CertificateLogin.Factory.only(jumping, connections));
    server.setChannelFactories(
        List.of(
            new DirectChannel.Factory(
                connections,
                new Onward(jumping, config.from(), limits.connect()),
                limits.passages())));
  }

  public int port() {
    return server.getPort();
  }

  private void sweep() {
    try {
      int ended = connections.sweep();
      if (ended > 0) {
        LOG.info("{} connections through the jump host ended with their sessions", ended);
      }
    } catch (RuntimeException e) {
      LOG.error("the jump host's connections could not be looked at; they are again at once", e);
    }
  }

  @Override
  public void close() {
    connections.end();
    try {
      server.stop(true);
    } catch (IOException e) {
      LOG.warn("the jump host did not close in order: {}", e.toString());
    }
    clockwork.shutdownNow();
    threads.shutdownNow();
  }
}
