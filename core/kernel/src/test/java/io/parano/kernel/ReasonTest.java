package io.parano.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReasonTest {
  @Test
  void code_everyReason_isKebabCaseAndUnique() {
    assertThat(Arrays.stream(Reason.values()).map(Reason::code))
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("[a-z]+(-[a-z]+)*"));
    assertThat(Reason.TOKEN_MISSING.code()).isEqualTo("token-missing");
    assertThat(Reason.TOKEN_MISSING.level()).isEqualTo(Level.TOKEN);
  }
}
