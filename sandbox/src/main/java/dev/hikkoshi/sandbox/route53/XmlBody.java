package dev.hikkoshi.sandbox.route53;

import dev.hikkoshi.sandbox.aws.AwsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** An element of a request's body; document types and entities are refused. */
record XmlBody(Element element) {

  /**
   * Reads a body.
   *
   * @throws AwsException {@code MalformedXML} (400)
   */
  static XmlBody of(byte[] body, String root) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setNamespaceAware(true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler());
      Element element = builder.parse(new ByteArrayInputStream(body)).getDocumentElement();
      if (!element.getLocalName().equals(root)) {
        throw malformed("expected <" + root + ">, found <" + element.getLocalName() + ">");
      }
      return new XmlBody(element);
    } catch (SAXException | IOException e) {
      throw malformed(String.valueOf(e.getMessage()));
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AwsException malformed(String why) {
    return new AwsException(
        400,
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate: " + why);
  }

  List<XmlBody> children(String name) {
    List<XmlBody> all = new ArrayList<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child && child.getLocalName().equals(name)) {
        all.add(new XmlBody(child));
      }
    }
    return all;
  }

  Optional<XmlBody> child(String name) {
    return children(name).stream().findFirst();
  }

  /** The items of {@code <name><each/>…</name>}; empty where there is none. */
  List<XmlBody> list(String name, String each) {
    return child(name).map(list -> list.children(each)).orElse(List.of());
  }

  Optional<String> text(String name) {
    return child(name).map(XmlBody::text);
  }

  String text() {
    return element.getTextContent();
  }
}
