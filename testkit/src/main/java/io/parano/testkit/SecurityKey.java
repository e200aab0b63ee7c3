package io.parano.testkit;

import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import io.parano.kernel.Randomness;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// A security key in software, seen through the browser that it is plugged into: the same questions
/// as `navigator.credentials`, the same bytes as a hardware token with attestation, the same
/// refusals.
///
/// Like most hardware it keeps one signature counter for all its credentials. It asks for touch and
/// PIN of whoever [#hold]s it. Safe for use by several threads, one ceremony at a time.
public final class SecurityKey {
  private final SecureRandom random;
  private final AttestationKey attestation;
  private final UUID aaguid;
  private final AttestationFormat format;
  private final Map<Bytes, SoftCredential> credentials = new LinkedHashMap<>();
  private long counter;
  private Hand hand = Hand.TOUCHES;
  private UnaryOperator<AuthenticatorData> defect = UnaryOperator.identity();

  SecurityKey(
      SecureRandom random,
      AttestationKey attestation,
      UUID aaguid,
      AttestationFormat format,
      List<SoftCredential> credentials,
      long counter) {
    this.random = random;
    this.attestation = attestation;
    this.aaguid = aaguid;
    this.format = format;
    this.counter = counter;
    credentials.forEach(credential -> this.credentials.put(credential.id(), credential));
  }

  /// A new key of a model, with packed attestation, held by somebody who touches it.
  public static SecurityKey make(
      AttestationAuthority authority, UUID aaguid, Randomness randomness) {
    return make(authority.batch(aaguid), aaguid, AttestationFormat.PACKED, randomness);
  }

  /// A new key of a given batch. `aaguid` is what the key itself claims.
  public static SecurityKey make(
      AttestationKey batch, UUID aaguid, AttestationFormat format, Randomness randomness) {
    return new SecurityKey(new DrawnRandom(randomness), batch, aaguid, format, List.of(), 0);
  }

  /// Reads what [#save] wrote. Throws [IllegalArgumentException] on anything else.
  public static SecurityKey load(Path file, Randomness randomness) throws IOException {
    return SecurityKeyFile.read(file, new DrawnRandom(randomness));
  }

  /// Writes the key, private parts in the clear, under a first line that says so; only the owner
  /// may read the file.
  public synchronized void save(Path file) throws IOException {
    SecurityKeyFile.write(
        file, attestation, aaguid, format, List.copyOf(credentials.values()), counter);
  }

  /// A copy, credentials and counter included, as an intruder makes of a broken key: from here on,
  /// the counters of the two go their own ways.
  public synchronized SecurityKey cloned() {
    return new SecurityKey(
        random, attestation, aaguid, format, List.copyOf(credentials.values()), counter);
  }

  /// What happens from now on when the key asks for touch and PIN.
  public synchronized SecurityKey hold(Hand by) {
    hand = by;
    return this;
  }

  /// From now on the key signs what `alteration` makes of its authenticator data: an authenticator
  /// that lies, with good keys.
  public synchronized SecurityKey defective(UnaryOperator<AuthenticatorData> alteration) {
    defect = alteration;
    return this;
  }

  public UUID aaguid() {
    return aaguid;
  }

  /// The credentials it holds for one relying party, oldest first.
  public synchronized List<Bytes> credentialIds(String rpId) {
    return credentials.values().stream()
        .filter(credential -> credential.rpId().equals(rpId))
        .map(SoftCredential::id)
        .toList();
  }

  /// The present value of the signature counter.
  public synchronized long counter() {
    return counter;
  }

  /// `navigator.credentials.create` on a page.
  public Created create(CreateOptions options) {
    return create(options, ClientData.create(options).bytes());
  }

  /// The same under client data that no honest browser wrote.
  public synchronized Created create(CreateOptions options, Bytes clientData) {
    if (!speaksFor(options.origin(), options.rpId())) {
      return new Created.Failed(BrowserError.SECURITY);
    }
    if (!willing(options.userVerification())) {
      return new Created.Failed(BrowserError.NOT_ALLOWED);
    }
    if (options.exclude().stream().anyMatch(id -> holds(id, options.rpId()))) {
      return new Created.Failed(BrowserError.INVALID_STATE);
    }
    Optional<KeyAlgorithm> algorithm =
        options.algorithms().stream()
            .map(KeyAlgorithm::of)
            .flatMap(Optional::stream)
            .filter(wanted -> format != AttestationFormat.FIDO_U2F || wanted == KeyAlgorithm.ES256)
            .findFirst();
    return algorithm
        .<Created>map(wanted -> create(options, clientData, wanted))
        .orElseGet(() -> new Created.Failed(BrowserError.NOT_SUPPORTED));
  }

  private Created create(CreateOptions options, Bytes clientData, KeyAlgorithm algorithm) {
    byte[] id = new byte[32];
    random.nextBytes(id);
    SoftCredential credential =
        new SoftCredential(
            Bytes.of(id),
            options.rpId(),
            options.userHandle(),
            options.discoverable(),
            algorithm,
            algorithm.generate(random));
    credentials.put(credential.id(), credential);
    Bytes publicKey = algorithm.coseKey(credential.keys().getPublic());
    AuthenticatorData data =
        defect.apply(
            authenticatorData(options.rpId(), options.userVerification())
                .with(AuthenticatorData.ATTESTED)
                .withAttested(new AuthenticatorData.Attested(aaguid, credential.id(), publicKey)));
    Map<String, Object> attestationObject =
        Map.of(
            "fmt",
            format.identifier(),
            "attStmt",
            statement(credential, data, clientData.digest().bytes()),
            "authData",
            data.bytes());
    return new Created.Credential(credential.id(), clientData, CborWriter.write(attestationObject));
  }

  /// `navigator.credentials.get` on a page.
  public Got get(GetOptions options) {
    return get(options, ClientData.get(options).bytes());
  }

  /// The same under client data that no honest browser wrote.
  public synchronized Got get(GetOptions options, Bytes clientData) {
    if (!speaksFor(options.origin(), options.rpId())) {
      return new Got.Failed(BrowserError.SECURITY);
    }
    Optional<SoftCredential> credential = choose(options);
    if (credential.isEmpty() || !willing(options.userVerification())) {
      return new Got.Failed(BrowserError.NOT_ALLOWED);
    }
    return get(options, clientData, credential.get());
  }

  private Got get(GetOptions options, Bytes clientData, SoftCredential credential) {
    Bytes data =
        defect.apply(authenticatorData(options.rpId(), options.userVerification())).bytes();
    Bytes signature =
        credential
            .algorithm()
            .sign(credential.keys().getPrivate(), random, data.copy(), clientData.digest().bytes());
    return new Got.Assertion(
        credential.id(),
        clientData,
        data,
        signature,
        credential.discoverable() ? credential.userHandle() : null);
  }

  private Optional<SoftCredential> choose(GetOptions options) {
    List<SoftCredential> ours =
        credentials.values().stream()
            .filter(credential -> credential.rpId().equals(options.rpId()))
            .filter(credential ->
                options.allow().isEmpty()
                    ? credential.discoverable()
                    : options.allow().contains(credential.id()))
            .toList();
    return ours.isEmpty() ? Optional.empty() : Optional.of(ours.getLast());
  }

  private boolean willing(boolean userVerification) {
    return switch (hand) {
      case TOUCHES -> true;
      case TOUCHES_NOT, REMOVED -> false;
      case ENTERS_WRONG_PIN -> !userVerification;
    };
  }

  private boolean holds(Bytes id, String rpId) {
    SoftCredential credential = credentials.get(id);
    return credential != null && credential.rpId().equals(rpId);
  }

  private AuthenticatorData authenticatorData(String rpId, boolean userVerification) {
    counter++;
    int flags =
        AuthenticatorData.USER_PRESENT | (userVerification ? AuthenticatorData.USER_VERIFIED : 0);
    byte[] rpIdHash = Digest.of(rpId.getBytes(StandardCharsets.UTF_8)).bytes();
    return new AuthenticatorData(Bytes.of(rpIdHash), flags, counter, null, Bytes.EMPTY);
  }

  private Map<String, Object> statement(
      SoftCredential credential, AuthenticatorData data, byte[] clientDataHash) {
    byte[] signed = data.bytes().copy();
    return switch (format) {
      case NONE -> Map.of();
      case PACKED ->
          Map.of(
              "alg",
              attestation.algorithm().cose(),
              "sig",
              attestation.sign(random, signed, clientDataHash),
              "x5c",
              new ArrayList<Object>(attestation.certificates()));
      case PACKED_SELF ->
          Map.of(
              "alg",
              credential.algorithm().cose(),
              "sig",
              credential
                  .algorithm()
                  .sign(credential.keys().getPrivate(), random, signed, clientDataHash));
      case FIDO_U2F ->
          Map.of(
              "sig",
              u2fSignature(credential, data, clientDataHash),
              "x5c",
              new ArrayList<Object>(attestation.certificates().subList(0, 1)));
    };
  }

  /// FIDO U2F Raw Message Formats section 4.3.
  private Bytes u2fSignature(
      SoftCredential credential, AuthenticatorData data, byte[] clientDataHash) {
    return attestation.sign(
        random,
        new byte[1],
        data.rpIdHash().copy(),
        clientDataHash,
        credential.id().copy(),
        uncompressed(credential.keys()));
  }

  private static byte[] uncompressed(KeyPair keys) {
    ECPublicKey key = (ECPublicKey) keys.getPublic();
    BigInteger x = key.getW().getAffineX();
    BigInteger y = key.getW().getAffineY();
    byte[] point = new byte[65];
    point[0] = 4;
    System.arraycopy(KeyAlgorithm.ES256.field(x).copy(), 0, point, 1, 32);
    System.arraycopy(KeyAlgorithm.ES256.field(y).copy(), 0, point, 33, 32);
    return point;
  }

  /// A browser lets a page speak for its own host and for the registrable parents of it; the list
  /// of public suffixes is left to real browsers.
  private static boolean speaksFor(String origin, String rpId) {
    String host = URI.create(origin).getHost();
    return host != null && (host.equals(rpId) || host.endsWith("." + rpId));
  }
}
