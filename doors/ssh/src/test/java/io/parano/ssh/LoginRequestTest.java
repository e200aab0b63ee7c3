package io.parano.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Bytes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LoginRequestTest {
  private static final LoginRequest SIGNED =
      new LoginRequest("ssh-ed25519", Bytes.of(new byte[] {1, 2}), Bytes.of(new byte[] {3}));

  @Test
  void read_whatWasWritten_saysTheSame() {
    LoginRequest asking = new LoginRequest("x", Bytes.of(new byte[3]), null);
    assertThat(LoginRequest.read(LoginFuzz.written(SIGNED))).contains(SIGNED);
    assertThat(LoginRequest.read(LoginFuzz.written(asking))).contains(asking);
  }

  @Test
  void read_cutShortLongerOrLying_isNone() {
    byte[] whole = LoginFuzz.written(SIGNED);
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
}
