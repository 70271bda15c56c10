package dev.hikkoshi.demo.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A cluster's application on an address of its own, in some ways of behaving. */
final class FakeWebsite implements AutoCloseable {

  /** How it answers. */
  enum Manner {
    PLAIN,
    CHUNKED,
    CUT_IN_THE_BODY,
    SERVER_ERROR,
    WITHOUT_CLUSTER,
    SILENT
  }

  final AtomicInteger accepted = new AtomicInteger();
  final AtomicInteger requests = new AtomicInteger();
  final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final String cluster;
  private final Manner manner;
  private final ServerSocket listening = new ServerSocket();

  FakeWebsite(String cluster, String address, Manner manner) throws IOException {
    this.cluster = cluster;
    this.manner = manner;
    listening.bind(new InetSocketAddress(InetAddress.getByName(address), 0), 500);
    Thread.ofVirtual().start(this::accept);
  }

  InetAddress address() {
    return listening.getInetAddress();
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        accepted.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      while (true) {
        boolean closes = false;
        String line = in.readLine();
        if (line == null) {
          return;
        }
        while (line != null && !line.isEmpty()) {
          closes |= line.equalsIgnoreCase("connection: close");
          line = in.readLine();
        }
        requests.incrementAndGet();
        socket.getOutputStream().write(answer().getBytes(StandardCharsets.US_ASCII));
        if (closes || manner == Manner.CUT_IN_THE_BODY) {
          return;
        }
      }
    } catch (IOException e) {
      return; // the client went
    } finally {
      open.remove(socket);
    }
  }

  private String answer() {
    String names = "X-Hikkoshi-Cluster: " + cluster + "\r\n";
    return switch (manner) {
      case PLAIN -> "HTTP/1.1 200 OK\r\n" + names + "Content-Length: 5\r\n\r\nhello";
      case CHUNKED ->
          "HTTP/1.1 200 OK\r\n"
              + names
              + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\nyou\r\n0\r\n\r\n";
      case CUT_IN_THE_BODY -> "HTTP/1.1 200 OK\r\n" + names + "Content-Length: 50\r\n\r\nhello";
      case SERVER_ERROR ->
          "HTTP/1.1 503 Service Unavailable\r\n" + names + "Content-Length: 0\r\n\r\n";
      case WITHOUT_CLUSTER -> "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
      case SILENT -> "";
    };
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
