package io.parano.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LoginRequestTest {
  private static final LoginRequest SIGNED =
      new LoginRequest("ssh-ed25519", Bytes.of(new byte[] {1, 2}), Bytes.of(new byte[] {3}));

  @Test
  void read_whatWasWritten_saysTheSame() {
    LoginRequest asking = new LoginRequest("x", Bytes.of(new byte[3]), null);
    assertThat(LoginRequest.read(written(SIGNED))).contains(SIGNED);
    assertThat(LoginRequest.read(written(asking))).contains(asking);
  }

  @Test
  void read_cutShortLongerOrLying_isNone() {
    byte[] whole = written(SIGNED);
    for (int length = 0; length < whole.length; length++) {
      assertThat(LoginRequest.read(Arrays.copyOf(whole, length))).isEmpty();
    }
    assertThat(LoginRequest.read(Arrays.copyOf(whole, whole.length + 1))).isEmpty();
    byte[] unsigned = whole.clone();
    unsigned[0] = 0;
    assertThat(LoginRequest.read(unsigned)).isEmpty();
    byte[] odd = whole.clone();
    odd[0] = 2;
    assertThat(LoginRequest.read(odd)).isEmpty();
    byte[] negative = whole.clone();
    negative[1] = (byte) 0x80;
    assertThat(LoginRequest.read(negative)).isEmpty();
    assertThat(LoginRequest.read(new byte[LoginRequest.LONGEST + 1])).isEmpty();
  }

  /// Whatever is read says again what it said: no two forms of one request.
  @Test
  void read_bytesChangedAnyhow_isNoneOrSaysAgainWhatItSaid() {
    Random random = new Random(4252);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = written(SIGNED);
      for (int times = random.nextInt(3); times >= 0; times--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(4);
      }
      LoginRequest request = LoginRequest.read(changed).orElse(null);
      if (request != null) {
        read++;
        assertThat(written(request)).isEqualTo(changed);
      }
    }
    assertThat(read).isPositive();
  }

  static byte[] written(LoginRequest request) {
    Bytes signature = request.signature();
    byte[] algorithm = request.algorithm().getBytes(StandardCharsets.ISO_8859_1);
    byte[] certificate = request.certificate().copy();
    byte[] last = signature == null ? new byte[0] : signature.copy();
    ByteBuffer out =
        ByteBuffer.allocate(13 + algorithm.length + certificate.length + last.length)
            .put((byte) (signature == null ? 0 : 1))
            .putInt(algorithm.length)
            .put(algorithm)
            .putInt(certificate.length)
            .put(certificate);
    if (signature != null) {
      out.putInt(last.length).put(last);
    }
    return Arrays.copyOf(out.array(), out.position());
  }
}
