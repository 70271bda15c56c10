package dev.hikkoshi.sandbox.cluster;

import dev.hikkoshi.sandbox.Events;
import dev.hikkoshi.sandbox.net.Vpc;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The only way out of an API server: a unix socket on which it asks {@code CONNECT host:port} for
 * each webhook, aggregated API and kubelet it wants to reach. A ClusterIP whose pods listen on
 * their loopback addresses is answered; everything else is refused, and each dial is noted. Without
 * the gate an API server would dial real hosts on somebody's network (versions.md T6, T7).
 */
final class EgressGate implements AutoCloseable {

  private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}");
  private static final int LONGEST_HEAD = 8_192;
  private static final int BUFFER = 16_384;
  private static final int CONNECT_MILLIS = 2_000;

  private final String cluster;
  private final ServerSocketChannel server;
  private final Path socket;
  private final Events events;
  private final Supplier<@Nullable KubernetesClient> client;

  private EgressGate(
      String cluster,
      ServerSocketChannel server,
      Path socket,
      Events events,
      Supplier<@Nullable KubernetesClient> client) {
    this.cluster = cluster;
    this.server = server;
    this.socket = socket;
    this.events = events;
    this.client = client;
  }

  /** Listens on the socket, in place of one that an earlier run left behind. */
  static EgressGate open(
      String cluster, Path socket, Events events, Supplier<@Nullable KubernetesClient> client)
      throws IOException {
    Files.deleteIfExists(socket);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    EgressGate gate = new EgressGate(cluster, server, socket, events, client);
    Thread.ofVirtual().name("egress-" + cluster).start(gate::accept);
    return gate;
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel dial = server.accept();
        Thread.ofVirtual().start(() -> serve(dial));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(SocketChannel dial) {
    try (dial) {
      String head = head(dial);
      String target = head.startsWith("CONNECT ") ? head.split(" ", 3)[1] : "";
      Optional<InetSocketAddress> address = resolve(target);
      if (address.isEmpty()) {
        refuse(dial, target, "nothing of the sandbox is there");
        return;
      }
      try (SocketChannel pod = SocketChannel.open()) {
        pod.socket().connect(address.get(), CONNECT_MILLIS);
        if (!target.startsWith("127.")) {
          events.note(
              "dial-answered",
              Map.of("cluster", cluster, "target", target, "by", address.get().toString()));
        }
        write(dial, "HTTP/1.1 200 Connection established\r\n\r\n");
        join(dial, pod);
      } catch (IOException e) {
        refuse(dial, target, "no answer at " + address.get());
      }
    } catch (IOException e) {
      // The API server went away; there is nobody to tell.
    }
  }

  private void refuse(SocketChannel dial, String target, String why) throws IOException {
    events.note("dial-refused", Map.of("cluster", cluster, "target", target, "why", why));
    write(dial, "HTTP/1.1 502 Refused by the sandbox\r\nContent-Length: 0\r\n\r\n");
  }

  private static String head(SocketChannel dial) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (head.size() < LONGEST_HEAD && dial.read(one.clear()) > 0) {
      head.write(one.get(0));
      if (one.get(0) == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        break;
      }
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static void write(SocketChannel to, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
  }

  private static void join(SocketChannel a, SocketChannel b) {
    Thread back = Thread.ofVirtual().start(() -> copy(b, a));
    copy(a, b);
    try {
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(ByteChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    try {
      while (from.read(buffer.clear()) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
      }
      to.shutdownOutput();
    } catch (ClosedChannelException e) {
      // The other direction has ended already.
    } catch (IOException e) {
      close(to);
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It is closed as far as it can be.
    }
  }

  private Optional<InetSocketAddress> resolve(String target) {
    int colon = target.lastIndexOf(':');
    KubernetesClient kubernetes = client.get();
    if (colon < 1 || !target.substring(colon + 1).matches("\\d{1,5}")) {
      return Optional.empty();
    }
    String host = target.substring(0, colon);
    int port = Integer.parseInt(target.substring(colon + 1));
    if (LOOPBACK.matcher(host).matches()) {
      return Optional.of(new InetSocketAddress(Vpc.loopback(host), port));
    }
    if (kubernetes == null) {
      return Optional.empty();
    }
    try {
      return kubernetes.services().inAnyNamespace().list().getItems().stream()
          .filter(service -> host.equals(service.getSpec().getClusterIP()))
          .findFirst()
          .flatMap(service -> endpoint(kubernetes, service, port));
    } catch (KubernetesClientException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<InetSocketAddress> endpoint(
      KubernetesClient kubernetes, Service service, int port) {
    Optional<String> portName =
        service.getSpec().getPorts().stream()
            .filter(p -> p.getPort() == port)
            .findFirst()
            .map(ServicePort::getName)
            .or(() -> Optional.of(""));
    List<EndpointSlice> slices =
        kubernetes
            .discovery()
            .v1()
            .endpointSlices()
            .inNamespace(service.getMetadata().getNamespace())
            .withLabel("kubernetes.io/service-name", service.getMetadata().getName())
            .list()
            .getItems();
    return slices.stream()
        // Both lists are absent, not empty, when no pod is there.
        .filter(slice -> slice.getEndpoints() != null && slice.getPorts() != null)
        .flatMap(
            slice ->
                slice.getEndpoints().stream()
                    .filter(EgressGate::ready)
                    .flatMap(endpoint -> endpoint.getAddresses().stream())
                    .flatMap(ip -> port(slice, portName.get()).map(p -> at(ip, p)).stream()))
        .findFirst();
  }

  private static boolean ready(Endpoint endpoint) {
    return endpoint.getConditions() == null
        || !Boolean.FALSE.equals(endpoint.getConditions().getReady());
  }

  private static Optional<Integer> port(EndpointSlice slice, String name) {
    return slice.getPorts().stream()
        .filter(p -> name.equals(p.getName() == null ? "" : p.getName()))
        .map(EndpointPort::getPort)
        .findFirst();
  }

  private static InetSocketAddress at(String ip, int port) {
    InetAddress address = Vpc.loopback(ip);
    return new InetSocketAddress(address, port);
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      // A socket file that stays is replaced at the next start.
    }
  }
}
