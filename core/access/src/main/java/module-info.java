/** The use cases that cross the core, and the ports through which the world is reached. */
@org.jspecify.annotations.NullMarked
module io.parano.access {
  requires transitive io.parano.kernel;
  requires transitive io.parano.audit;
  requires transitive io.parano.policy;
  requires transitive io.parano.identity;
  requires transitive io.parano.authn;
  requires transitive io.parano.session;
  requires transitive io.parano.sshcert;
  requires static transitive org.jspecify;

  exports io.parano.access;
}
