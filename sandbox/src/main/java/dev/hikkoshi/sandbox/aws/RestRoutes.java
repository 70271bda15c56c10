package dev.hikkoshi.sandbox.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Method and path templates of a REST service. Matching is done on the raw path, so an ARN in a
 * path segment arrives as {@code arn%3Aaws%3A…%2F…} and stays one segment.
 */
public final class RestRoutes {

  private final List<Route> routes = new ArrayList<>();

  /**
   * What matched.
   *
   * @param operation the operation's name
   * @param parameters decoded path parameters by name
   */
  public record Match(String operation, Map<String, String> parameters) {}

  private record Route(String operation, String method, List<String> segments) {}

  /**
   * Adds an operation.
   *
   * @param template for example {@code /clusters/{name}/node-groups}
   */
  public RestRoutes add(String operation, String method, String template) {
    routes.add(new Route(operation, method, segments(template)));
    return this;
  }

  /**
   * Finds the operation.
   *
   * @throws AwsException {@code UnknownOperationException} (404), as AWS's front door says
   */
  public Match match(AwsRequest request) {
    List<String> path = segments(request.path());
    for (Route route : routes) {
      Map<String, String> parameters = new LinkedHashMap<>();
      if (route.method().equals(request.method()) && matches(route.segments(), path, parameters)) {
        return new Match(route.operation(), Map.copyOf(parameters));
      }
    }
    throw new AwsException(
        404,
        "UnknownOperationException",
        "The sandbox plays no operation at " + request.method() + " " + request.path());
  }

  private static boolean matches(
      List<String> template, List<String> path, Map<String, String> parameters) {
    if (template.size() != path.size()) {
      return false;
    }
    for (int i = 0; i < template.size(); i++) {
      String part = template.get(i);
      if (part.startsWith("{")) {
        String name = part.substring(1, part.length() - 1);
        parameters.put(name, decoded(path.get(i)));
      } else if (!part.equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static String decoded(String segment) {
    // URLDecoder reads + as a space, which it is in a form but not in a path.
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static List<String> segments(String path) {
    List<String> all = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      if (!part.isEmpty()) {
        all.add(part);
      }
    }
    return all;
  }
}
