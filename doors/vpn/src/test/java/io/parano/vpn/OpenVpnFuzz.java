package io.parano.vpn;

import java.util.List;
import java.util.Map;

/// What Jazzer throws bytes at: whatever an OpenVPN says, in whatever pieces, becomes events or the
/// end of it.
public final class OpenVpnFuzz {
  private OpenVpnFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    List<OpenVpnReading.Came> came = OpenVpnReadingTest.read(bytes);
    long broken = came.stream().filter(one -> one instanceof OpenVpnReading.Came.Broken).count();
    if (broken > 1) {
      throw new IllegalStateException("it went on after the end");
    }
    for (OpenVpnReading.Came one : came) {
      if (one instanceof OpenVpnReading.Came.Event(OpenVpnEvent.Asks asks)) {
        said(asks.environment());
      }
    }
  }

  private static void said(Map<String, String> said) {
    var _ = OpenVpnSaid.station(said);
    var _ = OpenVpnSaid.peer(said);
    var _ = OpenVpnSaid.inside(said);
    var _ = OpenVpnSaid.certificate(said);
    var _ = OpenVpnSaid.figures(said);
    OpenVpnSaid.typed(said.getOrDefault("password", "")).close();
  }
}
