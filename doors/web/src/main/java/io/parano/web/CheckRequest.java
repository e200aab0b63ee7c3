package io.parano.web;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What Envoy asks about over gRPC: the part of `envoy.service.auth.v3.CheckRequest` that we judge.
/// The messages nest to a fixed depth, so a hostile one can't make us dig. Unknown fields are
/// skipped, as the format wants it; a field of ours that comes twice is refused, although the
/// format would let the last one win, because a proxy never sends it so.
///
/// The numbers are those of `attribute_context.proto`, `address.proto` and `base.proto` of Envoy's
/// data-plane API, v3.
sealed interface CheckRequest {
  /// @param why for the operator
  record Malformed(String why) implements CheckRequest {}

  /// @param source the address of the connection's other end; null when it was none of IP
  /// @param path with query
  record Read(
      @Nullable String source,
      @Nullable String method,
      @Nullable String scheme,
      @Nullable String host,
      @Nullable String path)
      implements CheckRequest {}

  /// @param head takes the client's headers, as from any request
  static CheckRequest read(Buffer message, Head head) {
    head.begin();
    Reader reader = new Reader(head);
    try {
      reader.request(CodedInputStream.newInstance(message.getBytes()));
    } catch (InvalidProtocolBufferException e) {
      return new Malformed(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new IllegalStateException("memory can't fail to be read", e);
    }
    return new Read(reader.source, reader.method, reader.scheme, reader.host, reader.path);
  }

  /// Fills its fields from the nested messages.
  final class Reader {
    private final Head head;
    private @Nullable String source;
    private @Nullable String method;
    private @Nullable String scheme;
    private @Nullable String host;
    private @Nullable String path;

    private boolean attributesSeen;
    private boolean peerSeen;
    private boolean addressSeen;
    private boolean socketSeen;
    private boolean requestSeen;
    private boolean httpSeen;
    private boolean mapSeen;
    private boolean listSeen;

    private Reader(Head head) {
      this.head = head;
    }

    /// Reads one field, whose tag was `tag`; says whether it knew it.
    private interface Field {
      boolean read(int number, CodedInputStream in) throws IOException;
    }

    private void request(CodedInputStream in) throws IOException {
      each(
          in,
          (number, value) -> {
            if (number != 1) {
              return false;
            }
            attributesSeen = once(attributesSeen, "attributes");
            nested(value, this::attributes);
            return true;
          });
    }

    private boolean attributes(int number, CodedInputStream in) throws IOException {
      switch (number) {
        case 1 -> {
          peerSeen = once(peerSeen, "source");
          nested(in, this::peer);
        }
        case 4 -> {
          requestSeen = once(requestSeen, "request");
          nested(in, this::requestAttributes);
        }
        default -> {
          return false;
        }
      }
      return true;
    }

    private boolean peer(int number, CodedInputStream in) throws IOException {
      if (number != 1) {
        return false;
      }
      addressSeen = once(addressSeen, "address");
      nested(in, this::address);
      return true;
    }

    private boolean address(int number, CodedInputStream in) throws IOException {
      if (number != 1) {
        return false;
      }
      socketSeen = once(socketSeen, "socket_address");
      nested(in, this::socket);
      return true;
    }

    private boolean socket(int number, CodedInputStream in) throws IOException {
      if (number != 2) {
        return false;
      }
      source = text(source, in, "address");
      return true;
    }

    private boolean requestAttributes(int number, CodedInputStream in) throws IOException {
      if (number != 2) {
        return false;
      }
      httpSeen = once(httpSeen, "http");
      nested(in, this::http);
      return true;
    }

    private boolean http(int number, CodedInputStream in) throws IOException {
      switch (number) {
        case 2 -> method = text(method, in, "method");
        case 3 -> {
          mapSeen = true;
          header(in);
        }
        case 4 -> path = text(path, in, "path");
        case 5 -> host = text(host, in, "host");
        case 6 -> scheme = text(scheme, in, "scheme");
        case 13 -> {
          listSeen = once(listSeen, "header_map");
          nested(
              in,
              (inner, entry) -> {
                if (inner != 1) {
                  return false;
                }
                header(entry);
                return true;
              });
        }
        default -> {
          return false;
        }
      }
      if (mapSeen && listSeen) {
        throw new InvalidProtocolBufferException("headers and header_map at once");
      }
      return true;
    }

    /// An entry of the map (key 1, value 2) or of the list, which may hold its value as bytes (3).
    private void header(CodedInputStream in) throws IOException {
      Header header = new Header();
      nested(in, header);
      String name = header.name == null ? "" : header.name;
      if (name.isEmpty()) {
        throw new InvalidProtocolBufferException("a header without a name");
      }
      if (name.charAt(0) != ':') {
        head.add(name, header.value == null ? "" : header.value);
      }
    }

    private static void each(CodedInputStream in, Field field) throws IOException {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        int number = WireFormat.getTagFieldNumber(tag);
        boolean known = false;
        switch (WireFormat.getTagWireType(tag)) {
          case WireFormat.WIRETYPE_LENGTH_DELIMITED -> known = field.read(number, in);
          case WireFormat.WIRETYPE_VARINT,
              WireFormat.WIRETYPE_FIXED32,
              WireFormat.WIRETYPE_FIXED64 -> {}
          default ->
              // Groups are long gone from the format, and nest without bound.
              throw new InvalidProtocolBufferException("a group");
        }
        if (!known) {
          in.skipField(tag);
        }
      }
    }

    private static void nested(CodedInputStream in, Field field) throws IOException {
      int limit = in.pushLimit(in.readRawVarint32());
      each(in, field);
      in.popLimit(limit);
    }

    private static boolean once(boolean seen, String what) throws InvalidProtocolBufferException {
      if (seen) {
        throw new InvalidProtocolBufferException(what + " twice");
      }
      return true;
    }

    private static String text(@Nullable String before, CodedInputStream in, String what)
        throws IOException {
      once(before != null, what);
      return in.readStringRequireUtf8();
    }

    private static final class Header implements Field {
      private @Nullable String name;
      private @Nullable String value;

      @Override
      public boolean read(int number, CodedInputStream in) throws IOException {
        switch (number) {
          case 1 -> name = text(name, in, "header name");
          case 2, 3 -> value = text(value, in, "header value");
          default -> {
            return false;
          }
        }
        return true;
      }
    }
  }
}
