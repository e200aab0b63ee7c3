package io.parano.app;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// The person's ssh-agent, asked over its socket (draft-ietf-sshm-ssh-agent section 3).
record AgentSocket(Path path) {
  private static final int SUCCESS = 6;

  /// Whether the agent did what `request`, without its length, wants. Throws [IOException] saying
  /// what to do when nobody listens.
  boolean ask(byte[] request) throws IOException {
    try (SocketChannel connection = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      connection.connect(UnixDomainSocketAddress.of(path));
      ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + request.length);
      out.putInt(request.length).put(request).flip();
      while (out.hasRemaining()) {
        connection.write(out);
      }
      ByteBuffer answer = ByteBuffer.allocate(Integer.BYTES + 1);
      while (answer.hasRemaining() && connection.read(answer) >= 0) {
        // until its length and kind are here
      }
      return !answer.hasRemaining() && answer.get(Integer.BYTES) == SUCCESS;
    } catch (IOException e) {
      throw new IOException(
          Texts.say("ssh.no-agent", path.toString(), String.valueOf(e.getMessage())), e);
    }
  }
}
