package io.parano.ssh;

import io.parano.access.Jumping;
import io.parano.kernel.Bytes;
import java.io.IOException;
import java.util.List;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.auth.AbstractUserAuth;
import org.apache.sshd.server.auth.UserAuth;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;

/// The method `publickey` (RFC 4252 section 7), for certificates alone. It reads the request and
/// leaves every decision to the core, the signature's included.
final class CertificateLogin extends AbstractUserAuth {
  private static final String METHOD = "publickey";
  private static final String SERVICE = "ssh-connection";

  private final Jumping jumping;
  private final JumpConnections connections;

  private CertificateLogin(Jumping jumping, JumpConnections connections) {
    super(METHOD);
    this.jumping = jumping;
    this.connections = connections;
  }

  /// The only method there is.
  record Factory(Jumping jumping, JumpConnections connections) implements UserAuthFactory {
    @Override
    public String getName() {
      return METHOD;
    }

    @Override
    public UserAuth createUserAuth(ServerSession session) {
      return new CertificateLogin(jumping, connections);
    }

    static List<UserAuthFactory> only(Jumping jumping, JumpConnections connections) {
      return List.of(new Factory(jumping, connections));
    }
  }

  /// True lets in, null waits for a signature.
  @Override
  @SuppressWarnings("NullAway") // the interface's own three answers
  protected @Nullable Boolean doAuth(Buffer buffer, boolean init) throws IOException {
    if (!init || !SERVICE.equals(getService())) {
      return false;
    }
    byte[] rest = new byte[buffer.available()];
    buffer.getRawBytes(rest);
    LoginRequest request = LoginRequest.read(rest).orElse(null);
    return request == null ? (Boolean) false : answer(request);
  }

  private @Nullable Boolean answer(LoginRequest asked) throws IOException {
    return switch (jumping.admit(
        asked.certificate(),
        getUsername(),
        Arrivals.address(getServerSession().getIoSession().getRemoteAddress()))) {
      case Jumping.Admission.Refused refused -> false;
      case Jumping.Admission.Granted(var admitted) -> {
        Bytes signature = asked.signature();
        if (signature == null) {
          wantSignature(asked);
          yield null;
        }
        yield enter(admitted, asked, signature);
      }
    };
  }

  private boolean enter(Jumping.Admitted admitted, LoginRequest asked, Bytes signature) {
    return switch (jumping.enter(admitted, asked.algorithm(), signed(asked), signature)) {
      case Jumping.Entrance.Refused _, Jumping.Entrance.Unavailable _ -> false;
      case Jumping.Entrance.Granted(var entered) -> {
        connections.entered(getServerSession(), entered);
        // A cut that came between did not find it there.
        yield jumping.over(entered) == null;
      }
    };
  }

  /// RFC 4252 section 7: the session's identifier, then the request up to its signature.
  private Bytes signed(LoginRequest asked) {
    Buffer out = new ByteArrayBuffer();
    out.putBytes(getServerSession().getSessionId());
    out.putByte(SshConstants.SSH_MSG_USERAUTH_REQUEST);
    out.putString(getUsername());
    out.putString(getService());
    out.putString(METHOD);
    out.putBoolean(true);
    out.putString(asked.algorithm());
    out.putBytes(asked.certificate().copy());
    return Bytes.of(out.getCompactData());
  }

  private void wantSignature(LoginRequest asked) throws IOException {
    Buffer out = getServerSession().createBuffer(SshConstants.SSH_MSG_USERAUTH_PK_OK);
    out.putString(asked.algorithm());
    out.putBytes(asked.certificate().copy());
    var _ = getServerSession().writePacket(out);
  }
}
