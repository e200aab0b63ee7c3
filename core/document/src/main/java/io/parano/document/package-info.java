/// Documents that people write by hand, read strictly: values with their places, keys each known
/// and given once, and every mistake told at once, with what was expected and the nearest right
/// word, in the reader's language.
///
/// It promises that nothing is guessed, constructed or defaulted while reading, and that documents
/// from outside cost bounded memory. It refuses to know what any document means. Start reading at
/// [io.parano.document.Fields].
package io.parano.document;
