package io.parano.vpn;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// An OpenVPN server that says what it is told to, over the real socket.
final class PaperOpenVpn implements AutoCloseable {
  private final SocketChannel channel;
  private final BufferedReader heard;

  PaperOpenVpn(Path socket) throws IOException {
    channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    heard =
        new BufferedReader(
            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
  }

  /// The next command; null when the connection is over.
  @Nullable String heard() throws IOException {
    return heard.readLine();
  }

  void say(String... lines) throws IOException {
    String text = String.join("\r\n", lines) + "\r\n";
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  void login(int number, String kind, String name, String password, String ways)
      throws IOException {
    say(
        ">CLIENT:%s,%d,1".formatted(kind, number),
        ">CLIENT:ENV,username=" + name,
        ">CLIENT:ENV,password=" + password,
        ">CLIENT:ENV,untrusted_ip=192.0.2.7",
        ">CLIENT:ENV,IV_SSO=" + ways,
        ">CLIENT:ENV,END");
  }

  void shown(int number, String kind, String digest) throws IOException {
    say(
        ">CLIENT:%s,%d,1".formatted(kind, number),
        ">CLIENT:ENV,tls_digest_sha256_0=" + digest,
        ">CLIENT:ENV,username=paul",
        ">CLIENT:ENV,password=right",
        ">CLIENT:ENV,untrusted_ip=192.0.2.7",
        ">CLIENT:ENV,END");
  }

  void established(int number, String address) throws IOException {
    say(
        ">CLIENT:ESTABLISHED," + number,
        ">CLIENT:ENV,ifconfig_pool_remote_ip=" + address,
        ">CLIENT:ENV,END");
  }

  void answer(int number, String text) throws IOException {
    say(
        ">CLIENT:CR_RESPONSE,%d,1,%s"
            .formatted(
                number, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))),
        ">CLIENT:ENV,END");
  }

  void gone(int number) throws IOException {
    say(">CLIENT:DISCONNECT," + number, ">CLIENT:ENV,END");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
