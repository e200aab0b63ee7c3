/**
 * Verifying what a person holds and knows: WebAuthn ceremonies, one-time passwords, passwords,
 * limits on guessing.
 */
@org.jspecify.annotations.NullMarked
module io.parano.authn {
  requires transitive io.parano.kernel;
  requires com.nulabinc.zxcvbn;
  requires org.apache.commons.codec;
  requires org.bouncycastle.provider;
  requires static transitive org.jspecify;

  exports io.parano.authn;
}
