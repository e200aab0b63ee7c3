package io.parano.web;

import com.google.protobuf.CodedOutputStream;
import io.parano.identity.Identity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What Envoy is told over gRPC: `envoy.service.auth.v3.CheckResponse` (`external_auth.proto`).
final class CheckResponse {
  /// `google.rpc.Code`.
  private static final int PERMISSION_DENIED = 7;

  private static final int UNAUTHENTICATED = 16;

  /// `HeaderValueOption.HeaderAppendAction`: whatever the client sent under this name is gone.
  private static final int OVERWRITE_IF_EXISTS_OR_ADD = 2;

  /// Other spellings and other conventions of what only we may say. Those that we set are not among
  /// them: Envoy removes after it has set (`ext_authz.cc`, `onComplete`).
  static final List<String> REMOVED =
      List.of(
          "remote_user",
          "remote_groups",
          "remote_name",
          "remote_email",
          "x-forwarded-user",
          "x-forwarded-email",
          "x-forwarded-groups",
          "x-forwarded-preferred-username",
          "x-forwarded-access-token",
          "x-auth-request-user",
          "x-auth-request-email",
          "x-auth-request-groups",
          "x-auth-request-preferred-username",
          "x-auth-request-access-token",
          "x-original-url",
          "x-original-method",
          "x-rewrite-url",
          "forwarded",
          "parano-proxy",
          "parano-upgrade-life");

  private CheckResponse() {}

  static byte[] allowed(@Nullable Identity identity) {
    List<String> values = IdentityHeaders.values(identity);
    return message(response -> {
      response.writeByteArray(1, message(status -> {}));
      response.writeByteArray(
          3,
          message(ok -> {
            for (int i = 0; i < values.size(); i++) {
              ok.writeByteArray(2, header(IdentityHeaders.NAMES.get(i), values.get(i)));
            }
            for (String name : REMOVED) {
              ok.writeString(5, name);
            }
          }));
    });
  }

  /// @param location where a browser is led; null for nowhere
  static byte[] denied(int httpStatus, @Nullable String location) {
    int code = location == null ? PERMISSION_DENIED : UNAUTHENTICATED;
    return message(response -> {
      response.writeByteArray(1, message(status -> status.writeInt32(1, code)));
      response.writeByteArray(
          2,
          message(denied -> {
            denied.writeByteArray(1, message(status -> status.writeEnum(1, httpStatus)));
            denied.writeByteArray(2, header("cache-control", "no-store"));
            if (location != null) {
              denied.writeByteArray(2, header("location", location));
            }
          }));
    });
  }

  /// `HeaderValueOption`; an empty value is kept, since an absent header could be filled in.
  private static byte[] header(String name, String value) {
    return message(option -> {
      option.writeByteArray(
          1,
          message(header -> {
            header.writeString(1, name.toLowerCase(Locale.ROOT));
            header.writeString(2, value);
          }));
      option.writeEnum(3, OVERWRITE_IF_EXISTS_OR_ADD);
      option.writeBool(4, true);
    });
  }

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new IllegalStateException("memory can't fail to be written", e);
    }
    return bytes.toByteArray();
  }
}
