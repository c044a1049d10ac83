package io.github.deploymigrations.servlet;

import io.github.deploymigrations.messages.Log;
import io.github.deploymigrations.messages.Message;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The one thing that {@code WEB-INF/web.xml} says and no API tells: whether users can log in. */
final class WebXml {
    private WebXml() {}

    /** Whether the WAR has a {@code <login-config>}. */
    static boolean hasLogin(ServletContext context) {
        try (InputStream content = context.getResourceAsStream("/WEB-INF/web.xml")) {
            return content != null && hasLogin(content);
        } catch (IOException | XMLStreamException e) {
            // the container has read the file itself, and would not be here if it could not
            Log.trace(Message.STATUS_LOGIN_MISSING, e);
            return false;
        }
    }

    private static boolean hasLogin(InputStream content) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(content);
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.START_ELEMENT
                    && reader.getLocalName().equals("login-config")) {
                return true;
            }
        }
        return false;
    }
}
