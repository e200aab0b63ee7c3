package io.parano.vpn;

import java.util.List;

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
  }
}
