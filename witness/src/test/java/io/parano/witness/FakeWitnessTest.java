package io.parano.witness;

class FakeWitnessTest implements WitnessContract {
  @Override
  public Witness witness() {
    return new FakeWitness(TestKey.of("witness.example"), new TestLog(LOG).log(), () -> NOW);
  }
}
