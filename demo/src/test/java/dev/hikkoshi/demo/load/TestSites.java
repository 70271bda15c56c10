package dev.hikkoshi.demo.load;

import dev.hikkoshi.demo.load.FakeWebsite.Manner;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Two applications, of the clusters {@code blue} and {@code green}. */
public final class TestSites implements AutoCloseable {

  private final List<FakeWebsite> sites;

  private TestSites(List<FakeWebsite> sites) {
    this.sites = sites;
  }

  public static TestSites open(String blue, String green) throws IOException {
    return new TestSites(
        List.of(
            new FakeWebsite("blue", blue, Manner.PLAIN),
            new FakeWebsite("green", green, Manner.PLAIN)));
  }

  public InetAddress address(int site) {
    return sites.get(site).address();
  }

  public int port(int site) {
    return sites.get(site).port();
  }

  @Override
  public void close() throws IOException {
    for (FakeWebsite site : sites) {
      site.close();
    }
  }
}
