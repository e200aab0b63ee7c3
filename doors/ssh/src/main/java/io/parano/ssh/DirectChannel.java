package io.parano.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.ChannelOutputStream;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.AbstractServerChannel;
import org.jspecify.annotations.Nullable;

/// A channel of type `direct-tcpip` (RFC 4254 section 7.2), the only one there is. Asking,
/// resolving and connecting wait on a thread of their own, so that a session never waits for them.
final class DirectChannel extends AbstractServerChannel implements Passage.Near {
  private static final String TYPE = "direct-tcpip";

  /// Somebody who stopped their terminal over the weekend is still there on Monday.
  private static final Duration PATIENCE = Duration.ofDays(30);

  private final JumpConnections connections;
  private final Onward onward;
  private final int most;
  private volatile @Nullable Passage passage;
  private volatile @Nullable ChannelOutputStream out;

  private DirectChannel(JumpConnections connections, Onward onward, int most) {
    super("", List.of(), null);
    this.connections = connections;
    this.onward = onward;
    this.most = most;
  }

  /// @param most how many hosts one connection may have open at once
  record Factory(JumpConnections connections, Onward onward, int most) implements ChannelFactory {
    @Override
    public String getName() {
      return TYPE;
    }

    @Override
    public Channel createChannel(Session session) {
      return new DirectChannel(connections, onward, most);
    }
  }

  @Override
  protected OpenFuture doInit(Buffer buffer) {
    String host = buffer.getString();
    long port = buffer.getUInt();
    OpenFuture opening = new DefaultOpenFuture(this, this);
    Thread.ofVirtual().name("ssh-jump-on").start(() -> open(host, port, opening));
    return opening;
  }

  private void open(String host, long port, OpenFuture opening) {
    JumpConnections.Connection connection = connections.of(getSession());
    if (connection == null) {
      refuse(opening, SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, "not allowed");
      return;
    }
    switch (onward.to(connection.entered(), host, port)) {
      case Onward.Way.Refused _ ->
          refuse(opening, SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, "not allowed");
      case Onward.Way.Unavailable _ ->
          refuse(opening, SshConstants.SSH_OPEN_RESOURCE_SHORTAGE, "try again");
      case Onward.Way.Unreached _ ->
          refuse(opening, SshConstants.SSH_OPEN_CONNECT_FAILED, "no answer");
      case Onward.Way.Open(var socket) -> {
        Passage opened = new Passage(host, (int) port, socket);
        if (connection.take(opened, most)) {
          begin(connection, opened, opening);
        } else {
          opened.cut();
          refuse(opening, SshConstants.SSH_OPEN_RESOURCE_SHORTAGE, "too many");
        }
      }
    }
  }

  private void begin(JumpConnections.Connection connection, Passage opened, OpenFuture opening) {
    ChannelOutputStream near =
        new ChannelOutputStream(
            this, getRemoteWindow(), PATIENCE, log, SshConstants.SSH_MSG_CHANNEL_DATA, true);
    near.setNoDelay(true);
    out = near;
    passage = opened;
    addCloseFutureListener(closed -> connection.drop(opened));
    if (isClosing()) {
      opened.cut();
    }
    signalChannelOpenSuccess();
    opening.setOpened();
    opened.open(this);
  }

  private void refuse(OpenFuture opening, int code, String words) {
    SshChannelOpenException why = new SshChannelOpenException(getChannelId(), code, words);
    signalChannelOpenFailure(why);
    opening.setException(why);
    var _ = close(true);
  }

  @Override
  public void heard(byte[] bytes, int length) throws IOException {
    ChannelOutputStream near = out;
    if (near != null) {
      near.write(bytes, 0, length);
    }
  }

  @Override
  public void silent() throws IOException {
    ChannelOutputStream near = out;
    if (near != null) {
      near.close();
    }
  }

  @Override
  public void taken(int length) throws IOException {
    if (getLocalWindow().isOpen()) {
      getLocalWindow().release(length);
    }
  }

  @Override
  public void finished() {
    var _ = close(false);
  }

  @Override
  protected void doWriteData(byte[] data, int off, long len) {
    Passage opened = passage;
    if (opened != null) {
      opened.say(Arrays.copyOfRange(data, off, off + (int) len));
    }
  }

  @Override
  protected void doWriteExtendedData(byte[] data, int off, long len) throws IOException {
    throw new IOException("a direct-tcpip channel has no second stream");
  }

  @Override
  public void handleEof() throws IOException {
    super.handleEof();
    Passage opened = passage;
    if (opened != null) {
      opened.hush();
    }
  }

  @Override
  protected void preClose() {
    Passage opened = passage;
    if (opened != null) {
      if (state.get() == State.Immediate) {
        opened.cut();
      } else {
        opened.finish();
      }
    }
    super.preClose();
  }
}
