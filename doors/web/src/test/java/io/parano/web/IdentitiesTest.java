package io.parano.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.identity.Identity;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who asks, as told by another process, and what is rendered of them.
class IdentitiesTest {
  private final Identities identities = new Identities();

  @Test
  void same_toldAgain_isTheOneBefore() {
    Identity first = identities.same(alice("staff"));

    assertThat(identities.same(alice("staff"))).isSameAs(first);
  }

  @Test
  void same_groupsChanged_isTheNewOne() {
    var _ = identities.same(alice("staff", "support"));

    assertThat(identities.same(alice("staff"))).isEqualTo(alice("staff"));
  }

  @Test
  void headers_identityChanged_areTheNewOnes() {
    IdentityHeaders headers = new IdentityHeaders();

    assertThat(headers.of(alice("staff", "support")).get("Remote-Groups"))
        .isEqualTo("staff,support");
    assertThat(headers.of(alice("staff")).get("Remote-Groups")).isEqualTo("staff");
  }

  private static Identity alice(String... groups) {
    return new Identity("alice", "Alice Éluard", "alice@example.org", List.of(groups));
  }
}
