package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTest {
  private static String written(Html html) {
    StringBuilder out = new StringBuilder();
    html.write(out);
    return out.toString();
  }

  @Test
  void write_textThatLooksLikeMarkup_isEscaped() {
    assertThat(written(Html.tag("p").with("<script>alert('x')</script>&")))
        .isEqualTo("<p>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;</p>");
  }

  @Test
  void write_attributeThatLooksLikeTheEnd_isEscaped() {
    assertThat(written(Html.tag("input").set("value", "\"><b>")))
        .isEqualTo("<input value=\"&quot;&gt;&lt;b&gt;\">");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "//evil.example",
        "/\\evil.example",
        "data:text/html,x",
        ""
      })
  void set_addressThatLeadsAstray_isABug(String address) {
    assertThatIllegalArgumentException().isThrownBy(() -> Html.tag("a").set("href", address));
  }

  @ParameterizedTest
  @ValueSource(strings = {"onclick", "style", "srcdoc"})
  void set_attributeThatThePolicyForbids_isABug(String attribute) {
    assertThatIllegalArgumentException().isThrownBy(() -> Html.tag("a").set(attribute, "x"));
  }
}
