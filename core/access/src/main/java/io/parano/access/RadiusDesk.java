package io.parano.access;

import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import io.parano.kernel.SessionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// [Admitting], wired.
record RadiusDesk(AdmitToVpn admitToVpn, NoteTunnel noteTunnel) implements Admitting {
  @Override
  public Answer admit(Asked asked, Secret typed) {
    return admitToVpn.admit(asked, typed);
  }

  @Override
  public Answer resume(Asked asked, String state, Secret typed) {
    return admitToVpn.resume(asked, state, typed);
  }

  @Override
  public Noted note(Account account) {
    return noteTunnel.note(account);
  }

  @Override
  public @Nullable Reason over(SessionId tunnel) {
    return noteTunnel.over(tunnel);
  }

  @Override
  public long endings() {
    return noteTunnel.endings();
  }

  @Override
  public List<Tunnel> tunnels() {
    return noteTunnel.tunnels();
  }
}
