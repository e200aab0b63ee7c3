package io.parano.authn;

record VerifiedOtp(OtpUse use) implements OtpOutcome.Accepted {}
