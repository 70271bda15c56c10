package dev.hikkoshi.gitsync;

import org.eclipse.jgit.errors.UnsupportedCredentialItem;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;

/** Gives user and password to the configured http(s) remote and to no one else. */
final class SameOriginLogin extends CredentialsProvider {

  private final RemoteUrl remote;
  private final Credentials credentials;

  SameOriginLogin(RemoteUrl remote, Credentials credentials) {
    this.remote = remote;
    this.credentials = credentials;
  }

  @Override
  public boolean isInteractive() {
    return false;
  }

  @Override
  public boolean supports(CredentialItem... items) {
    for (CredentialItem item : items) {
      if (!(item instanceof CredentialItem.Username || item instanceof CredentialItem.Password)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean get(URIish uri, CredentialItem... items) throws UnsupportedCredentialItem {
    if (!remote.sameOrigin(uri) || credentials.username().isEmpty()) {
      return false;
    }
    for (CredentialItem item : items) {
      switch (item) {
        case CredentialItem.Username username ->
            username.setValue(credentials.username().orElseThrow());
        case CredentialItem.Password password ->
            password.setValue(credentials.password().orElseThrow().toCharArray());
        default -> {
          return false; // questions are for people; unanswered they are a refusal
        }
      }
    }
    return true;
  }
}
