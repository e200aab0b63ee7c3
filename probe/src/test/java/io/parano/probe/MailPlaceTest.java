package io.parano.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parano.demo.MailProgram.Sealing;
import org.junit.jupiter.api.Test;

class MailPlaceTest {
  @Test
  void read_url_saysHowTheLineIsSealed() {
    assertThat(MailPlace.read("imaps://192.0.2.7"))
        .matches(place -> place.sealing() == Sealing.WHOLE && place.at().getPort() == 993);
    assertThat(MailPlace.read("imap://192.0.2.7"))
        .matches(place -> place.sealing() == Sealing.STARTTLS && place.at().getPort() == 143);
    assertThat(MailPlace.read("imaps://127.0.0.1:1993"))
        .matches(place -> place.sealing() == Sealing.WHOLE && place.at().getPort() == 1993);
    assertThat(MailPlace.read("imap://127.0.0.1").sealing()).isEqualTo(Sealing.NONE);
  }

  @Test
  void read_whatIsNoImap_isRefused() {
    for (String text : new String[] {"https://192.0.2.7", "192.0.2.7", "imap:143"}) {
      assertThatThrownBy(() -> MailPlace.read(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
