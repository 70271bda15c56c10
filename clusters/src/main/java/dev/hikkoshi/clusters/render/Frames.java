package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Messages on a pipe: four bytes of length, then JSON. */
final class Frames {

  /** The worker's own bound; checked here too, because a worker runs foreign code. */
  static final int MAX = 64 << 20;

  static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(MAX).maxNestingDepth(500).build())
              .build());

  private final DataInputStream in;
  private final DataOutputStream out;
  private long bytes;

  Frames(InputStream in, OutputStream out) {
    this.in = new DataInputStream(new BufferedInputStream(in, 1 << 16));
    this.out = new DataOutputStream(out);
  }

  /** How much went in and out so far. */
  long bytes() {
    return bytes;
  }

  /** A tree, or one of our records, as it is sent. */
  static byte[] bytes(Object message) {
    try {
      return JSON.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("what we send can always be written", e);
    }
  }

  void write(ObjectNode message) throws IOException {
    byte[] body = bytes(message);
    if (body.length > MAX) {
      throw new RenderException(
          RenderException.Kind.TOO_LARGE,
          "The request has %d bytes; %d are allowed.".formatted(body.length, MAX));
    }
    out.writeInt(body.length);
    out.write(body);
    out.flush();
    bytes += body.length;
  }

  /** Reads one message; the worker's end of file is an {@link EOFException}. */
  ObjectNode read() throws IOException {
    int length = in.readInt();
    if (length <= 0 || length > MAX) {
      throw new IOException("a frame of " + Integer.toUnsignedString(length) + " bytes");
    }
    byte[] body = in.readNBytes(length);
    bytes += body.length;
    if (body.length < length) {
      throw new EOFException("a frame broke off");
    }
    if (JSON.readTree(body) instanceof ObjectNode message) {
      return message;
    }
    throw new IOException("a frame is no JSON object");
  }
}
