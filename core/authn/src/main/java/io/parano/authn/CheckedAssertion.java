package io.parano.authn;

import io.parano.kernel.Bytes;

record CheckedAssertion(Bytes credentialId, long signCount) implements VerifiedAssertion {}
