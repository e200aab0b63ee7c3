/** The Merkle log: entries, receipts, checkpoints, proofs, and the verifier that trusts nobody. */
@org.jspecify.annotations.NullMarked
module io.parano.audit {
  requires transitive io.parano.kernel;
  requires static transitive org.jspecify;

  exports io.parano.audit;
}
