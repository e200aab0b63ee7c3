package io.parano.vpn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lines of an OpenVPN 2.6, and what none says.
class OpenVpnReadingTest {
  static List<OpenVpnReading.Came> read(byte[] octets) {
    OpenVpnReading reading = new OpenVpnReading();
    List<OpenVpnReading.Came> all = new ArrayList<>();
    for (byte octet : octets) {
      OpenVpnReading.Came came = reading.next(octet);
      if (!(came instanceof OpenVpnReading.Came.Wanting)) {
        all.add(came);
      }
      if (came instanceof OpenVpnReading.Came.Broken) {
        return all;
      }
    }
    return all;
  }

  private static List<OpenVpnReading.Came> read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void lines_ofALogin_areItsEvents() {
    assertThat(
            read(
                String.join(
                    "\r\n",
                    ">INFO:OpenVPN Management Interface Version 5",
                    ">HOLD:Waiting for hold release:0",
                    ">CLIENT:CONNECT,0,1",
                    ">CLIENT:ENV,username=camille",
                    ">CLIENT:ENV,username=other",
                    ">CLIENT:ENV,empty=",
                    ">CLIENT:ENV,END",
                    ">CLIENT:ADDRESS,0,10.78.0.2,1",
                    ">CLIENT:ESTABLISHED,0",
                    ">CLIENT:ENV,END",
                    ">CLIENT:CR_RESPONSE,3,4,b2s=",
                    ">CLIENT:ENV,END",
                    ">CLIENT:CR_RESPONSE,3,4,what a client says: is not base64!",
                    ">CLIENT:ENV,END",
                    "SUCCESS: client-kill command succeeded",
                    "")))
        .extracting(came -> came instanceof OpenVpnReading.Came.Event(var event) ? event : came)
        .containsExactly(
            new OpenVpnEvent.Other(),
            new OpenVpnEvent.Hold(),
            new OpenVpnEvent.Asks("CONNECT", 0, 1, Map.of("username", "camille", "empty", "")),
            new OpenVpnEvent.Other(),
            new OpenVpnEvent.Established(0, Map.of()),
            new OpenVpnEvent.Answers(3, 4, "b2s="),
            new OpenVpnEvent.Answers(3, 4, "what a client says: is not base64!"),
            new OpenVpnEvent.Replied(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ">CLIENT:CONNECT,0\n",
        ">CLIENT:CONNECT,-1,0\n",
        ">CLIENT:CONNECT,9999999999999999999,0\n",
        ">CLIENT:ESTABLISHED,0,1\n",
        ">CLIENT:SOMETHING,0\n",
        ">CLIENT:ENV,a=b\n",
        ">CLIENT:CONNECT,0,1\n>CLIENT:CONNECT,0,1\n",
        ">CLIENT:CR_RESPONSE,3,x,b2s=\n"
      })
  void line_thatNoneSays_isBroken(String text) {
    assertThat(read(text)).endsWith(new OpenVpnReading.Came.Broken());
  }

  @Test
  void lines_tooLongOrTooMany_areBroken() {
    assertThat(read("x".repeat(OpenVpnReading.LONGEST_LINE + 1)))
        .endsWith(new OpenVpnReading.Came.Broken());
    StringBuilder many = new StringBuilder(">CLIENT:CONNECT,0,1\n");
    for (int i = 0; i < 600; i++) {
      many.append(">CLIENT:ENV,n").append(i).append("=x\n");
    }
    assertThat(read(many.toString())).endsWith(new OpenVpnReading.Came.Broken());
    String wide = ">CLIENT:ENV,%d=" + "x".repeat(8_000) + "\n";
    StringBuilder large = new StringBuilder(">CLIENT:CONNECT,0,1\n");
    for (int i = 0; i < 20; i++) {
      large.append(wide.formatted(i));
    }
    assertThat(read(large.toString())).endsWith(new OpenVpnReading.Came.Broken());
  }
}
