/** SSH keys, certificates, revocation lists and detached signatures as bytes. */
@org.jspecify.annotations.NullMarked
module io.parano.sshcert {
  requires transitive io.parano.kernel;
  requires static transitive org.jspecify;

  exports io.parano.sshcert;
}
