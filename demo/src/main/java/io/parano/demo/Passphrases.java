package io.parano.demo;

import io.parano.kernel.Randomness;
import java.util.ArrayList;
import java.util.List;

/// Passwords that a newcomer can type and that were never used anywhere: five words of 64, a number
/// at the end, about 37 bits, which is plenty for a person who lives as long as one run.
final class Passphrases {
  private static final List<String> WORDS =
      List.of(
          ("abricot acajou aiguille ardoise argile avoine balise banquise basalte bergamote bouleau"
                  + " boussole brindille cabane caillou cannelle carafe cerise chaloupe chardon"
                  + " cigale citron colline comptoir coquille cristal dentelle dune ecluse encrier"
                  + " falaise fenouil figue flocon fougere galet genievre girafe glycine grelot"
                  + " hamac hibou horloge igloo jonquille kayak lanterne lavande lichen lucarne"
                  + " mangue marelle menthe moulin noisette orage osier papyrus pigeon quartz"
                  + " rivage sarcelle tilleul violon")
              .split(" ", -1));

  private Passphrases() {}

  static String next(Randomness randomness) {
    List<String> words = new ArrayList<>();
    for (byte drawn : randomness.bytes(5)) {
      words.add(WORDS.get(Byte.toUnsignedInt(drawn) % WORDS.size()));
    }
    int number = 10 + Byte.toUnsignedInt(randomness.bytes(1)[0]) % 90;
    return String.join("-", words) + "-" + number;
  }

  static List<String> words() {
    return WORDS;
  }
}
