package io.parano.web;

/// A call, and the language in which it is answered.
record Visit(Call call, Words words) {
  String say(Phrase phrase) {
    return words.say(phrase);
  }

  String say(Phrase phrase, Object first) {
    return words.say(phrase, first);
  }

  String say(Phrase phrase, Object first, Object second) {
    return words.say(phrase, first, second);
  }
}
