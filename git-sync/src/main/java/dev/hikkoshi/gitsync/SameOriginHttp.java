package dev.hikkoshi.gitsync;

import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory2;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;

/**
 * Connects to the configured scheme, host and port and to nothing else. A redirect inside the
 * remote is followed; one that leads elsewhere ends the fetch: neither our credentials nor our
 * trust go to whoever a remote names.
 */
final class SameOriginHttp implements HttpConnectionFactory2 {

  private final JDKHttpConnectionFactory connections = new JDKHttpConnectionFactory();
  private final RemoteUrl remote;

  SameOriginHttp(RemoteUrl remote) {
    this.remote = remote;
  }

  @Override
  public HttpConnection create(URL url) throws IOException {
    require(url);
    return connections.create(url);
  }

  @Override
  public HttpConnection create(URL url, Proxy proxy) throws IOException {
    require(url);
    return connections.create(url, proxy);
  }

  @Override
  public GitSession newSession() {
    return connections.newSession();
  }

  private void require(URL url) throws IOException {
    if (!remote.sameOrigin(url)) {
      throw new IOException(
          "the remote redirects to another place ("
              + Texts.line(url.getProtocol() + "://" + url.getAuthority(), 100)
              + "), which is not followed; if that is right, configure it as the url");
    }
  }
}
