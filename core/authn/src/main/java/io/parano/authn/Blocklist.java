package io.parano.authn;

import com.nulabinc.zxcvbn.StandardDictionaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Passwords that everybody tries first. A candidate is compared whole, never in parts (NIST SP
/// 800-63B-4 section 3.1.1.2), without regard to case or to Unicode's compatibility forms.
public final class Blocklist {
  private final Set<String> folded;

  private Blocklist(Set<String> folded) {
    this.folded = folded;
  }

  /// The 30,000 most common passwords of several breaches, as zxcvbn carries them (MIT). Few of
  /// them are long enough to be chosen here; [#with(Collection)] adds longer ones.
  public static Blocklist common() {
    try {
      return new Blocklist(Set.of())
          .with(StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies());
    } catch (IOException e) {
      throw new UncheckedIOException("zxcvbn came without its password list", e);
    }
  }

  /// This list and `more`: an operator's own, one password an element.
  public Blocklist with(Collection<String> more) {
    Set<String> all = new HashSet<>(folded);
    more.stream().map(Blocklist::fold).forEach(all::add);
    return new Blocklist(all);
  }

  public int size() {
    return folded.size();
  }

  boolean holds(CharSequence candidate) {
    return folded.contains(fold(candidate));
  }

  static String fold(CharSequence text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).strip();
  }
}
