package dev.hikkoshi.sandbox.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** The sockets of the name server: UDP and TCP on one port of one address. */
final class DnsServer implements AutoCloseable {

  private static final int IDLE_MILLIS = 10_000;
  private static final int MOST_CONNECTIONS = 256;
  private static final int RECEIVE_BYTES = 1 << 20;

  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final Answers answers;
  private final Semaphore free = new Semaphore(MOST_CONNECTIONS);
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  private DnsServer(DatagramSocket udp, ServerSocket tcp, Answers answers) {
    this.udp = udp;
    this.tcp = tcp;
    this.answers = answers;
  }

  /**
   * Opens the first port that can be bound for both.
   *
   * @param ports 0 stands for any
   * @throws IOException where none can be bound; it names each
   */
  static DnsServer open(InetAddress address, List<Integer> ports, Answers answers)
      throws IOException {
    IOException none = new IOException("no port of " + address + " can be bound: " + ports);
    for (int port : ports) {
      try {
        return open(address, port, answers);
      } catch (IOException e) {
        none.addSuppressed(e);
      }
    }
    throw none;
  }

  private static DnsServer open(InetAddress address, int port, Answers answers) throws IOException {
    ServerSocket tcp = new ServerSocket();
    try {
      tcp.setReuseAddress(true);
      tcp.bind(new InetSocketAddress(address, port));
      DatagramSocket udp = new DatagramSocket(new InetSocketAddress(address, tcp.getLocalPort()));
      udp.setReceiveBufferSize(RECEIVE_BYTES);
      DnsServer server = new DnsServer(udp, tcp, answers);
      Thread.ofPlatform().daemon().name("dns-udp").start(server::datagrams);
      Thread.ofVirtual().name("dns-tcp").start(server::accept);
      return server;
    } catch (IOException e) {
      tcp.close();
      throw e;
    }
  }

  int port() {
    return tcp.getLocalPort();
  }

  private void datagrams() {
    byte[] buffer = new byte[4096];
    while (!udp.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        udp.receive(packet);
        byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
        byte[] answer = answers.answer(query, true);
        if (answer != null) {
          udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException | RuntimeException e) {
        // A query that cannot be answered ends nothing; a closed socket ends the loop.
        continue;
      }
    }
  }

  private void accept() {
    while (!tcp.isClosed()) {
      try {
        Socket socket = tcp.accept();
        if (free.tryAcquire()) {
          connections.add(socket);
          Thread.ofVirtual().name("dns-connection").start(() -> serve(socket));
        } else {
          socket.close();
        }
      } catch (IOException e) {
        continue; // as above
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setSoTimeout(IDLE_MILLIS);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      while (true) {
        byte[] query = new byte[in.readUnsignedShort()];
        in.readFully(query);
        byte[] answer = answers.answer(query, false);
        if (answer == null) {
          return;
        }
        byte[] framed = new byte[answer.length + 2];
        framed[0] = (byte) (answer.length >> 8);
        framed[1] = (byte) answer.length;
        System.arraycopy(answer, 0, framed, 2, answer.length);
        out.write(framed);
      }
    } catch (IOException e) {
      return; // the client went, or was silent for too long
    } finally {
      connections.remove(socket);
      free.release();
    }
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
    for (Socket socket : connections) {
      socket.close();
    }
  }
}
