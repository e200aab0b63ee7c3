package io.parano.authn;

import com.webauthn4j.WebAuthnAuthenticationManager;
import com.webauthn4j.WebAuthnRegistrationManager;
import com.webauthn4j.anchor.TrustAnchorRepository;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionsAuthenticatorOutputs;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.attestation.statement.none.NoneAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.packed.PackedAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.u2f.FIDOU2FAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.CertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.DefaultCertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.self.DefaultSelfAttestationTrustworthinessVerifier;
import io.parano.kernel.Bytes;
import java.security.cert.TrustAnchor;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What webauthn4j, a library that others sign in with, says of the same inputs. It is asked with
/// user verification required and with the same trust anchors, and at the attempt's own time.
final class Oracle {
  private static final ObjectConverter CONVERTER = new ObjectConverter();
  private static final WebAuthnAuthenticationManager AUTHENTICATIONS =
      new WebAuthnAuthenticationManager(List.of(), CONVERTER);

  private Oracle() {}

  static boolean accepts(RegistrationAttempt attempt) {
    DefaultCertPathTrustworthinessVerifier paths =
        new DefaultCertPathTrustworthinessVerifier(anchors(attempt.believed()));
    CertPathTrustworthinessVerifier atItsTime =
        (aaguid, statement, systemTime) -> paths.verify(aaguid, statement, attempt.now());
    WebAuthnRegistrationManager manager =
        new WebAuthnRegistrationManager(
            List.of(
                new PackedAttestationStatementVerifier(),
                new FIDOU2FAttestationStatementVerifier(),
                new NoneAttestationStatementVerifier()),
            atItsTime,
            new DefaultSelfAttestationTrustworthinessVerifier(true),
            CONVERTER);
    RegistrationParameters parameters =
        new RegistrationParameters(
            server(attempt.challenge()),
            attempt.offered().stream()
                .map(number ->
                    new PublicKeyCredentialParameters(
                        PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.create(number)))
                .toList(),
            true,
            true);
    return accepts(() ->
        manager.verify(
            new RegistrationRequest(
                attempt.response().attestationObject().copy(),
                attempt.response().clientData().copy()),
            parameters));
  }

  static boolean accepts(AssertionAttempt attempt) {
    AssertionResponse response = attempt.response();
    return accepts(() ->
        AUTHENTICATIONS.verify(
            new AuthenticationRequest(
                response.credentialId().copy(),
                response.authenticatorData().copy(),
                response.clientData().copy(),
                response.signature().copy()),
            new AuthenticationParameters(
                server(attempt.challenge()),
                record(attempt.held()),
                List.of(attempt.held().credentialId().copy()),
                true,
                true)));
  }

  private static CredentialRecordImpl record(CredentialRecord held) {
    COSEKey key = CONVERTER.getCborMapper().readValue(held.publicKey().copy(), COSEKey.class);
    return new CredentialRecordImpl(
        new NoneAttestationStatement(),
        true,
        false,
        false,
        held.signCount(),
        new AttestedCredentialData(AAGUID.ZERO, held.credentialId().copy(), key),
        new AuthenticationExtensionsAuthenticatorOutputs<>(),
        null,
        null,
        null);
  }

  /// Roots and intermediates alike: the library takes intermediates from the token only, which a
  /// U2F token cannot present.
  private static TrustAnchorRepository anchors(TokenMaker maker) {
    Set<TrustAnchor> anchors =
        Stream.concat(maker.roots().stream(), maker.intermediates().stream())
            .map(Oracle::anchor)
            .collect(Collectors.toSet());
    return new TrustAnchorRepository() {
      @Override
      public Set<TrustAnchor> find(AAGUID aaguid) {
        return anchors;
      }

      @Override
      public Set<TrustAnchor> find(byte[] keyIdentifier) {
        return anchors;
      }
    };
  }

  private static TrustAnchor anchor(Bytes der) {
    return switch (AttestationCertificate.read(der)) {
      case Reading.Read<AttestationCertificate>(AttestationCertificate read) ->
          new TrustAnchor(read.certificate(), null);
      case Reading.Malformed<AttestationCertificate>(String detail) ->
          throw new AssertionError(detail);
    };
  }

  private static ServerProperty server(Bytes challenge) {
    return ServerProperty.builder()
        .origins(Workshop.PARTY.origins().stream().map(Origin::new).collect(Collectors.toSet()))
        .rpId(Workshop.PARTY.id())
        .challenge(new DefaultChallenge(challenge.copy()))
        .build();
  }

  /// The library refuses by exceptions of many kinds.
  private static boolean accepts(Runnable verification) {
    try {
      verification.run();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }
}
