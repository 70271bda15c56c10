package dev.hikkoshi.demo.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * An HTTP/1.1 connection for GET, as small as it can be: some fifty microseconds of processor a
 * request, and nothing that retries behind one's back. For one request at a time.
 */
final class Connection implements AutoCloseable {

  /** The header in which the application says which cluster answered. */
  static final String CLUSTER_HEADER = "x-hikkoshi-cluster";

  /** Why a load balancer of the sandbox answered by itself. */
  private static final String WHY_HEADER = "x-sandbox-why";

  private static final int LONGEST_LINE = 8_192;
  private static final int MOST_HEADERS = 100;

  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[2_048];
  private int position;
  private int end;

  /**
   * What came back.
   *
   * @param cluster who answered; empty when the answer does not say
   * @param reusable whether another request may follow on this connection
   */
  record Answer(int status, Optional<String> cluster, Optional<String> why, boolean reusable) {}

  /** The peer broke the protocol. */
  static final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    ProtocolException(String message) {
      super(message);
    }
  }

  /** What the headers of an answer say about its body and its connection. */
  private record Head(
      Optional<String> cluster,
      Optional<String> why,
      long length,
      boolean chunked,
      boolean closes) {}

  private Connection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  static Connection open(InetSocketAddress door, Duration limit) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(door, millis(limit));
      return new Connection(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Asks, and reads the whole answer.
   *
   * @param limit for the answer to be complete
   * @throws SocketTimeoutException when it was not
   */
  Answer get(String host, String path, boolean keep, Duration limit) throws IOException {
    long until = System.nanoTime() + limit.toNanos();
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\nAccept: */*\r\nConnection: "
            + (keep ? "keep-alive" : "close")
            + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    int status = status(line(until));
    Head head = head(until);
    body(head, until);
    boolean reusable = keep && !head.closes() && (head.chunked() || head.length() >= 0);
    return new Answer(status, head.cluster(), head.why(), reusable);
  }

  private static int status(String line) throws ProtocolException {
    if (!line.startsWith("HTTP/1.") || line.length() < 12) {
      throw new ProtocolException("not an HTTP answer");
    }
    try {
      return Integer.parseInt(line, 9, 12, 10);
    } catch (NumberFormatException e) {
      throw new ProtocolException("no status in: " + line);
    }
  }

  private Head head(long until) throws IOException {
    Optional<String> cluster = Optional.empty();
    Optional<String> why = Optional.empty();
    long length = -1;
    boolean chunked = false;
    boolean closes = false;
    for (int i = 0; i < MOST_HEADERS; i++) {
      String line = line(until);
      if (line.isEmpty()) {
        return new Head(cluster, why, length, chunked, closes);
      }
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new ProtocolException("no header: " + line);
      }
      String value = line.substring(colon + 1).strip();
      switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
        case CLUSTER_HEADER -> cluster = Optional.of(value).filter(v -> !v.isEmpty());
        case WHY_HEADER -> why = Optional.of(value).filter(v -> !v.isEmpty());
        case "content-length" -> length = number(value, 10);
        case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
        case "connection" -> closes = value.equalsIgnoreCase("close");
        default -> {
          // no other header matters here
        }
      }
    }
    throw new ProtocolException("more than " + MOST_HEADERS + " headers");
  }

  private void body(Head head, long until) throws IOException {
    if (!head.chunked()) {
      skip(head.length() < 0 ? Long.MAX_VALUE : head.length(), head.length() >= 0, until);
      return;
    }
    while (true) {
      String size = line(until);
      int extension = size.indexOf(';');
      long length = number(extension < 0 ? size : size.substring(0, extension), 16);
      skip(length, true, until);
      line(until);
      if (length == 0) {
        return;
      }
    }
  }

  private void skip(long length, boolean exact, long until) throws IOException {
    long left = length;
    while (left > 0) {
      if (!filled(until)) {
        if (exact) {
          throw new EOFException("the answer ended early");
        }
        return;
      }
      int taken = (int) Math.min(left, end - position);
      position += taken;
      left -= taken;
    }
  }

  private String line(long until) throws IOException {
    StringBuilder line = new StringBuilder(64);
    while (line.length() < LONGEST_LINE) {
      int c = read(until);
      if (c < 0) {
        throw new EOFException("the connection was closed before the answer was whole");
      }
      if (c == '\n') {
        int length = line.length();
        return line.substring(
            0, length > 0 && line.charAt(length - 1) == '\r' ? length - 1 : length);
      }
      line.append((char) c);
    }
    throw new ProtocolException("a line of more than " + LONGEST_LINE + " bytes");
  }

  private int read(long until) throws IOException {
    return filled(until) ? buffer[position++] & 0xff : -1;
  }

  /** Whether there is a byte to read; waits for it only for what is left of the time. */
  private boolean filled(long until) throws IOException {
    if (position < end) {
      return true;
    }
    long left = (until - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException("no whole answer in time");
    }
    socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
    position = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  private static long number(String text, int radix) throws ProtocolException {
    try {
      return Long.parseLong(text.strip(), radix);
    } catch (NumberFormatException e) {
      throw new ProtocolException("not a length: " + text);
    }
  }

  private static int millis(Duration limit) {
    return (int) Math.clamp(limit.toMillis(), 1, Integer.MAX_VALUE);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      return; // it is gone either way
    }
  }
}
