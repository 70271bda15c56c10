package dev.hikkoshi.sandbox.elb;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What a rule does with a request. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Action.Forward.class, name = "forward"),
  @JsonSubTypes.Type(value = Action.FixedResponse.class, name = "fixed-response"),
  @JsonSubTypes.Type(value = Action.Redirect.class, name = "redirect")
})
public sealed interface Action {

  /**
   * Passes it to a target of one of the groups, chosen by weight.
   *
   * @param groups one to five
   * @param stickySeconds how long a client stays with its group; 0 for not at all
   */
  record Forward(List<Weighted> groups, int stickySeconds) implements Action {
    public Forward {
      groups = List.copyOf(groups);
    }
  }

  /**
   * A target group and its weight.
   *
   * @param weight 0 to 999
   */
  record Weighted(String groupArn, int weight) {}

  /** Answers by itself. */
  record FixedResponse(int status, String contentType, String body) implements Action {}

  /**
   * Sends the client elsewhere; {@code #{host}} and its like stand for the parts of the request.
   *
   * @param status 301 or 302
   */
  record Redirect(String protocol, String port, String host, String path, String query, int status)
      implements Action {}
}
